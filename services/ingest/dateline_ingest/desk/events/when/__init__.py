"""When an event takes place, as people say it in a form: days, clocks, and how it recurs."""
