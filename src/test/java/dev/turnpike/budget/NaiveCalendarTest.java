package dev.turnpike.budget;

class NaiveCalendarTest extends CalendarContract {
  @Override
  Counter day() {
    return new NaiveCalendar(false);
  }

  @Override
  Counter month() {
    return new NaiveCalendar(true);
  }
}
