/** What may be behind a dead access. Google says only that it is dead, so these are guesses and called so. */
export function LikelyReasons({ reasons: [first, ...others] }: { reasons: readonly string[] }) {
  if (first === undefined) return null;
  return (
    <>
      <p className="quiet">Google does not say why. {first}</p>
      {others.length > 0 && (
        <details>
          <summary>Other possible reasons</summary>
          <ul>
            {others.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
