/** What seeded events are made of. The first zone is the calendar's own. */
export const ZONES = ['Europe/London', 'Europe/Berlin', 'America/New_York', 'Asia/Tokyo', 'Australia/Sydney'] as const;

export const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const;

export const MEETINGS = [
  'Design review',
  'Weekly planning',
  'One-to-one with Grace',
  'Budget check-in',
  'Interview: platform engineer',
  'Release go/no-go',
  'Standup',
  'Customer call — Harbour & Sons',
  'Retrospective',
  'Architecture forum',
  'Call with the accountant',
  'Board preparation',
  'Roadmap review Q3',
  'Incident review',
  'Demo to the sales team',
] as const;

export const TITLES = [
  'Dentist',
  'Lunch with Priya',
  'Train to Edinburgh',
  'Piano lesson',
  'Pick up the car',
  'Flat viewing',
  'Yoga',
  'School concert',
  'Dinner at Café Méditerranée',
  'Haircut',
  'Boiler service',
  'Choir practice',
  'Parents’ evening',
  'Physio',
  'Film: The Third Man',
] as const;

export const ALL_DAY = [
  'Holiday in Wales',
  'Mum’s birthday',
  'Working from home',
  'Conference in Zürich',
  'Bank holiday',
  'Rent due',
  'Visitors from Tōkyō',
  'Half-term',
  'Council tax',
  'On call',
] as const;

export const LOCATIONS = [
  'Room 4.12, 10 Downing Court, London',
  'Café Méditerranée, 3 Mill Lane',
  'https://meet.example.com/abc-defg-hij',
  'King’s Cross Station, Platform 4',
  'The Old Dairy, Cambridge',
  'Marunouchi Building, Tōkyō',
] as const;

export const DESCRIPTIONS = [
  'Agenda:\n1. What changed\n2. What is next\n3. Anything else',
  '<p>Please read the <a href="https://example.com/notes">notes</a> beforehand.</p>',
  'Bring the signed copy.',
  'Dial-in: +44 20 7946 0958, then 4711#',
  'The booking reference is QX7-PLM. Arrive ten minutes early.',
  'Follow-up from last time; see the shared document for open questions.',
] as const;

export const GUESTS = [
  'Grace Hopper',
  'Priya Nair',
  'Tomáš Novák',
  'Yuki Tanaka',
  'Oluwaseun Adeyemi',
  'Mary Somerville',
  'Jean Bartik',
] as const;

/** `{DAY}` is the weekday of the first start, `{NTH}` which one it is in its month, `{UNTIL}` a date some months on. */
export const RULES = [
  'RRULE:FREQ=WEEKLY;BYDAY={DAY}',
  'RRULE:FREQ=WEEKLY;BYDAY={DAY}',
  'RRULE:FREQ=WEEKLY',
  'RRULE:FREQ=WEEKLY;COUNT=30;BYDAY={DAY}',
  'RRULE:FREQ=WEEKLY;UNTIL={UNTIL};BYDAY={DAY}',
  'RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY={DAY}',
  'RRULE:FREQ=DAILY;COUNT=10',
  'RRULE:FREQ=DAILY;INTERVAL=3;UNTIL={UNTIL}',
  'RRULE:FREQ=MONTHLY',
  'RRULE:FREQ=MONTHLY;BYDAY={NTH}{DAY}',
  'RRULE:FREQ=YEARLY',
] as const;
