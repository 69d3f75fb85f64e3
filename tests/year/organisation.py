"""What a personnel system would export for a small university, mistakes included."""

HEADINGS = "Employee ID,First Name,Last Name,Work Email,Position Title,Department,Location,Manager Email,Hire Date"
LEADERS = """Ingrid Solberg,Dean,Science,
Ruth Okafor,Director of HR,Human Resources,Ingrid Solberg
Samir Haddad,HR partner,Human Resources,Ruth Okafor
Ana Duarte,Office manager,Earth Sciences,Ingrid Solberg
Noor Jansen,Registrar,Registry,Ingrid Solberg
Tim Achterberg,Head of IT,IT Services,Ingrid Solberg
Leila Benali,Administrative assistant,Earth Sciences,Ana Duarte
Marcus Oyelaran,Administrative assistant,Earth Sciences,Ana Duarte
Priya Raman,Administrative assistant,Earth Sciences,Ana Duarte
Jun Watanabe,Administrative assistant,Earth Sciences,Ana Duarte
Sofia Lindqvist,Administrative assistant,Earth Sciences,Ana Duarte
Diego Quispe,Administrative assistant,Earth Sciences,Ana Duarte
Hannah Fairweather,Administrative assistant,Earth Sciences,Ana Duarte
Tomasz Wieczorek,Administrative assistant,Earth Sciences,Ana Duarte
Cleo Marchetti,Records clerk,Registry,Noor Jansen
Ibrahim Sesay,Records clerk,Registry,Noor Jansen"""
FIRST = ["Alva", "Bruno", "Carla", "Dmitri", "Esra", "Frank", "Gisèle", "Henk", "Iris", "Jakub", "Käthe"]
LAST = [
    *(
        "Moreau",
        "Núñez",
        "Olsen",
        "Petrov",
        "Quinn",
        "Rossi",
        "Sato",
        "Tanaka",
        "Ueda",
        "Varga",
        "Weiss",
        "Xu",
        "Yilmaz",
    ),
    *("Zhang", "Abbas", "Brandt", "Castro", "Dumas", "Eriksen", "Fontaine", "Gruber", "Horvat", "Ivanov", "Jensen"),
    *("Kowalski", "Larsen"),
]
LED = [("Noor Jansen", "Registry"), ("Tim Achterberg", "IT Services")]


def _rest():
    for number in range(284):
        first, last = FIRST[number % 11], LAST[number // 11]
        manager, department = LED[number % 2]
        yield f"{first} {last},Specialist,{department},{manager}"


def email_of(name):
    plain = name.lower().translate(str.maketrans("èüäñú", "euanu"))
    return f"{plain.replace(' ', '.')}@northgate.test"


def _line(number, row):
    name, title, department, manager = row.split(",")
    first, last = name.split(" ")
    boss = email_of(manager) if manager else ""
    hired = f"2021-03-0{1 + number % 9}"
    return f"{1000 + number},{first},{last},{email_of(name)},{title},{department},Main campus,{boss},{hired}"


BAD = {
    "zoe.ito@northgate.test": "2001,Zoe,Ito,zoe.ito@northgate.test,Clerk,Registry,Main campus,,2024-02-30",
    "=cmd": "2002,=cmd,Lee,sven.lee@northgate.test,Clerk,Registry,Main campus,,2024-02-03",
    "no-address": "2003,Ola,Berg,no-address,Clerk,Registry,Main campus,,2024-02-03",
    "ghost@northgate.test": "2004,Una,Dahl,u.dahl@northgate.test,Clerk,Registry,,ghost@northgate.test,2024-02-03",
}
PEOPLE = [*LEADERS.splitlines(), *_rest()]
FILE = "\r\n".join([HEADINGS, *(_line(n, row) for n, row in enumerate(PEOPLE, 1)), *BAD.values()]) + "\r\n"
