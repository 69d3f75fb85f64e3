"""`{{ entry.verb|said }}`: formatting only."""

from django import template

from journal import words

register = template.Library()
register.filter("said", words.said)
