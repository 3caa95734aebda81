import fc from "fast-check";
import type { WorkCalendar } from "../../../src/time/calendar.js";
import { dayFrom } from "../../../src/time/local.js";

const zones = [
  ...["Europe/Athens", "Europe/London", "America/New_York", "America/St_Johns", "Asia/Kathmandu", "Africa/Cairo"],
  ...["Australia/Lord_Howe", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Africa/Casablanca", "UTC", "America/Santiago"],
];

const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

/** Any week, any hours of a day, some holidays of 2026 to 2028. */
export const calendar: fc.Arbitrary<WorkCalendar> = fc
  .record({
    zone: fc.constantFrom(...zones),
    days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    hours: fc.uniqueArray(fc.nat({ max: 96 }), { minLength: 2, maxLength: 2 }),
    holidays: fc.uniqueArray(
      fc.tuple(fc.integer({ min: 2026, max: 2028 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 })),
      { maxLength: 200, selector: String },
    ),
  })
  .map(({ zone, days, hours, holidays }) => {
    const [from = 0, to = 96] = hours.sort((a, b) => a - b);
    return {
      zone,
      days,
      from: clock(from * 15),
      to: clock(to * 15),
      holidays: new Set(holidays.map((h) => dayFrom(...h))),
    };
  });

export const instant = fc.date({
  min: new Date("2026-01-01T00:00:00Z"),
  max: new Date("2028-12-31T00:00:00Z"),
  noInvalidDate: true,
});
