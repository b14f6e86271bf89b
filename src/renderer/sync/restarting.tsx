import type { DaemonHealth } from '../../contract/state.ts';

export function Restarting({ daemon }: { daemon: DaemonHealth }) {
  if (daemon !== 'restarting') return null;
  return (
    <p className="notice" role="status">
      The part of Mooring that syncs has stopped and is being started again. Nothing is lost.
    </p>
  );
}
