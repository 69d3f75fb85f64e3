"""German as Django has it, but for the comma before a time, as in our English."""

DATETIME_FORMAT = "j. F Y, H:i"
