export function BackButton({ onBack }: { onBack: () => void }) {
  return (
    <button type="button" className="plain back" onClick={onBack}>
      <span className="chevron left" aria-hidden="true" />
      Back
    </button>
  );
}
