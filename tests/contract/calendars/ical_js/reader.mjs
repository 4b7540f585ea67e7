// What ical.js reads of the calendar on its standard input: title, start and status of each time within two days.
// usage: node reader.mjs 2026-01-01 2029-01-01 < calendar.ics
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const [first, last] = process.argv.slice(2).map((day) => ICAL.Time.fromDateString(day));
const horizon = last.clone();
horizon.adjust(60, 0, 0, 0); // an exception may have been moved here from later
const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);

const said = (time) => (time.isDate ? time.toString() : time.convertToZone(ICAL.Timezone.utcTimezone).toString());
const found = [];
const add = (event, start) => {
  if (start.compare(first) >= 0 && start.compare(last) < 0) {
    const status = event.component.getFirstPropertyValue("status");
    const alarm = event.component.getFirstSubcomponent("valarm");
    const trigger = alarm ? alarm.getFirstPropertyValue("trigger").toString() : "";
    found.push([event.summary, said(start), status, trigger]);
  }
};

const parts = calendar.getAllSubcomponents("vevent");
const isException = (part) => part.hasProperty("recurrence-id");
for (const part of parts.filter((part) => !isException(part))) {
  const event = new ICAL.Event(part, { strictExceptions: false });
  parts.filter((other) => isException(other) && other.getFirstPropertyValue("uid") === event.uid)
    .forEach((other) => event.relateException(other));
  if (!event.isRecurring()) {
    add(event, event.startDate);
    continue;
  }
  const times = event.iterator();
  for (let next = times.next(), count = 0; next && count < 20000; next = times.next(), count += 1) {
    if (next.compare(horizon) > 0) break;
    const details = event.getOccurrenceDetails(next);
    add(details.item, details.startDate);
  }
}
console.log(JSON.stringify(found));
