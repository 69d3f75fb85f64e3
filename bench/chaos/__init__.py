"""Kill, flush, freeze and restart whatever can be, while mails go out, people save and a round is scored."""
