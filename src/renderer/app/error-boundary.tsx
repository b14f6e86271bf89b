import { Component, type ReactNode } from 'react';
import { Trouble } from './trouble.tsx';

/** React has no other way to catch what goes wrong while drawing than a class. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return <Trouble sentence="Something went wrong while drawing this window. Your copy is safe on this computer." />;
  }
}
