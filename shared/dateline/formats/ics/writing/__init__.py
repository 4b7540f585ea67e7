"""Events as iCalendar: the calendar around them, and each as a VEVENT."""
