import type { EventDetails } from '../../contract/calendar.ts';
import { AddressButton } from '../common/address-button.tsx';
import { count } from '../common/count.ts';
import { Fact, Facts } from '../common/facts.tsx';
import { Description } from './description.tsx';
import { guestWords, ownAnswerWords, reminderWords, repeatsWords } from './details-words.ts';

/** What is known of an event beyond its title and time; what is not known has no line. */
export function EventFacts({ details }: { details: EventDetails }) {
  const { answer, busyOnly, location, organizer, guests, guestCount, reminders, visibility, link } = details;
  const repeats = repeatsWords(details.recurrence);
  return (
    <Facts>
      {busyOnly && <Fact name="Details">Only that somebody is busy may be seen of this calendar.</Fact>}
      {answer && <Fact name="Your answer">{ownAnswerWords[answer]}</Fact>}
      {repeats && <Fact name="Repeats">{repeats}</Fact>}
      {location && (
        <Fact name="Where">
          <bdi>{location}</bdi>
        </Fact>
      )}
      {details.conference.length > 0 && (
        <Fact name="Join">
          <Links links={details.conference} />
        </Fact>
      )}
      {organizer && (
        <Fact name="Organiser">
          <bdi>{organizer}</bdi>
        </Fact>
      )}
      {guests.length > 0 && (
        <Fact name={count(undefined, guestCount, 'guest')}>
          <ul className="guests">
            {guests.map((guest, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the list is replaced as a whole, and names may be the same.
              <li key={index} data-answer={guest.answer} title={guest.email}>
                <bdi>{guest.name}</bdi> <span className="quiet">{guestWords(guest)}</span>
              </li>
            ))}
          </ul>
          {guestCount > guests.length && (
            <p className="quiet">{`and ${(guestCount - guests.length).toLocaleString()} more`}</p>
          )}
        </Fact>
      )}
      {details.description.length > 0 && (
        <Fact name="Description">
          <Description blocks={details.description} />
          {details.descriptionCut && <p className="quiet">It goes on; the copy has all of it.</p>}
        </Fact>
      )}
      {details.attachments.length > 0 && (
        <Fact name="Attached">
          <Links links={details.attachments} />
        </Fact>
      )}
      {reminders && reminders.length > 0 && (
        <Fact name="Reminders">
          {reminders.map((reminder) => (
            <p key={`${reminder.method}${reminder.minutes}`}>{reminderWords(undefined, reminder)}</p>
          ))}
        </Fact>
      )}
      {visibility && <Fact name="Visibility">{visibility}</Fact>}
      {link && (
        <Fact name="At Google">
          <AddressButton href={link}>Address in Google Calendar</AddressButton>
        </Fact>
      )}
    </Facts>
  );
}

function Links({ links }: { links: EventDetails['attachments'] }) {
  return links.map(({ label, href }) => (
    <p key={href}>
      <AddressButton href={href}>{label || href}</AddressButton>
    </p>
  ));
}
