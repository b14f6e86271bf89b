import { type DragEvent, useState } from 'react';
import type { Problem } from '../../contract/problem.ts';
import { answer } from '../common/bridge.ts';
import { Notice } from '../common/notice.tsx';
import { clientFileRefusal } from './client-file-refusal.ts';

/** Takes Google's client file, by the system's dialog or by a drop. `problem` is what main has against the last one. */
export function ClientFile({ problem }: { problem: Problem | null }) {
  const [over, setOver] = useState(false);
  // Undefined: nothing has happened here since, so main's own view of the last file stands.
  const [refusal, setRefusal] = useState<Problem | undefined>();

  async function pick() {
    setRefusal(undefined);
    const reply = await answer(window.mooring.pickClientFile());
    if (!reply.ok) setRefusal(reply.problem);
  }

  async function take(files: readonly File[]) {
    const sentence = clientFileRefusal(files);
    const [file] = files;
    if (sentence !== null || !file) return setRefusal({ code: 'client-file-refused', sentence: sentence ?? '' });
    setRefusal(undefined);
    const reply = await answer(window.mooring.giveClientFile(file));
    if (!reply.ok) setRefusal(reply.problem);
  }

  const dragged = (event: DragEvent) => {
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    setOver(true);
  };
  const dropped = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void take([...event.dataTransfer.files]);
  };

  return (
    <>
      <section
        className="drop-zone"
        aria-label="Client file"
        data-testid="drop-zone"
        data-over={over}
        onDragEnter={dragged}
        onDragOver={dragged}
        onDragLeave={() => setOver(false)}
        onDrop={dropped}
      >
        <p>Drop the file here, or</p>
        <button type="button" className="primary" onClick={() => void pick()}>
          Choose file…
        </button>
      </section>
      <Notice problem={refusal ?? problem} />
    </>
  );
}
