import { later } from './events.ts';
import { refuseBeforeReady } from './lifecycle.ts';
import { strictEmitter } from './strict.ts';
import { trace } from './trace.ts';

/**
 * Recorded in the trace and in `Notification.shown` for tests; nothing is shown to a person.
 * https://www.electronjs.org/docs/latest/api/notification
 */
export class Notification
  extends strictEmitter('Notification')
  implements Pick<Electron.Notification, 'show' | 'close' | 'title' | 'body'>
{
  static readonly shown: Notification[] = [];
  title: string;
  body: string;

  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super();
    refuseBeforeReady('Cannot create Notification before app is ready');
    this.title = options.title ?? '';
    this.body = options.body ?? '';
  }
  static isSupported(): boolean {
    return true;
  }
  show(): void {
    const { title, body } = this;
    trace({ direction: 'app->system', channel: 'notification', payload: { title, body } });
    Notification.shown.push(this);
    later(() => this.emit('show', {}));
  }
  close(): void {
    later(() => this.emit('close', {}));
  }
}
