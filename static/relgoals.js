// What pages need beyond htmx. Everything works without it.
