import factory
from factory.django import DjangoModelFactory

from people.models import Employee
from people.rules.joining import join


class EmployeeFactory(DjangoModelFactory):
    class Meta:
        model = Employee

    name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.Sequence(lambda n: f"person{n}@example.org")

    @classmethod
    def _create(cls, model_class, **fields):
        return join(by=None, **fields)
