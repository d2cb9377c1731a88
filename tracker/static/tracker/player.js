// A recording that plays on the page: a file, or YouTube's player in a frame. Both have one face: `second`,
// `length` (NaN while unknown) and `isPlaying`, play(), pause(), seek(second), close(), the event "beat"
// whenever one of them may have changed, and "fail" where it can't be played.

export class FilePlayer extends EventTarget {
  constructor(box, { kind, address, title }) {
    super();
    this.media = document.createElement(kind);
    this.media.src = address;
    this.media.controls = true;
    this.media.preload = 'auto';
    this.media.title = title;
    for (const name of ['loadedmetadata', 'timeupdate', 'seeked', 'play', 'pause']) {
      this.media.addEventListener(name, () => this.dispatchEvent(new Event('beat')));
    }
    this.media.addEventListener('error', () => this.dispatchEvent(new Event('fail')));
    box.append(this.media);
  }

  get second() { return this.media.currentTime; }
  get length() { return this.media.duration; }
  get isPlaying() { return !this.media.paused; }
  play() { this.media.play().catch(() => {}); } // paused again before it began, or the event "error" follows
  pause() { this.media.pause(); }
  seek(second) { this.media.currentTime = Math.max(0, second); }

  close() {
    this.media.pause();
    URL.revokeObjectURL(this.media.src);
    this.media.remove();
  }
}

// YouTube's player is steered by the messages that its own script would send: { event: "listening" } until it
// answers, then { event: "command", func, args }. It tells how it stands in "initialDelivery" and
// "infoDelivery", a part at a time. Its script is not loaded.
const LISTENING = 250; // ms
const GUESS = 1; // second, the most that is added to the last time it told
const PLAYING = 1;

export class YouTubePlayer extends EventTarget {
  constructor(box, { address, title, second }) {
    super();
    this.info = {};
    this.waiting = [];
    this.hasAnswered = false;
    this.origin = new URL(address).origin;
    this.frame = document.createElement('iframe');
    this.frame.src = `${address}?${new URLSearchParams({
      enablejsapi: 1, origin: location.origin, widgetid: 1, autoplay: 1, playsinline: 1, rel: 0,
      start: Math.floor(Math.max(0, second)),
    })}`;
    this.frame.title = title;
    this.frame.allow = 'autoplay; encrypted-media; picture-in-picture; fullscreen';
    this.frame.referrerPolicy = 'strict-origin-when-cross-origin';
    this.hear = event => this.heard(event);
    window.addEventListener('message', this.hear);
    this.frame.addEventListener('load', () => {
      clearInterval(this.calling);
      this.calling = setInterval(() => this.post({ event: 'listening' }), LISTENING);
    });
    this.command('addEventListener', 'onError');
    box.append(this.frame);
  }

  get second() {
    const { currentTime = 0, playbackRate = 1 } = this.info;
    const since = this.isPlaying ? ((performance.now() - this.toldAt) / 1000) * playbackRate : 0;
    return currentTime + Math.min(since, GUESS);
  }

  get length() { return this.info.duration || NaN; }
  get isPlaying() { return this.info.playerState === PLAYING; }
  play() { this.command('playVideo'); }
  pause() { this.command('pauseVideo'); }

  seek(second) {
    this.command('seekTo', Math.max(0, second), true);
    this.take({ currentTime: Math.max(0, second) });
  }

  close() {
    clearInterval(this.calling);
    window.removeEventListener('message', this.hear);
    this.frame.remove();
  }

  command(func, ...args) {
    const message = { event: 'command', func, args };
    if (this.hasAnswered) this.post(message);
    else this.waiting.push(message);
  }

  post(message) {
    this.frame.contentWindow.postMessage(JSON.stringify({ ...message, id: 1, channel: 'widget' }), this.origin);
  }

  heard({ origin, source, data }) {
    if (origin !== this.origin || source !== this.frame.contentWindow || typeof data !== 'string') return;
    let message;
    try { message = JSON.parse(data); } catch { return; }
    if (message?.id !== 1) return;
    this.hasAnswered = true;
    this.waiting.splice(0).forEach(each => this.post(each));
    const { event, info } = message;
    if (event === 'readyToListen') this.post({ event: 'listening' });
    if (event === 'initialDelivery' || event === 'alreadyInitialized') clearInterval(this.calling);
    if (event === 'initialDelivery' || event === 'infoDelivery') this.take(info ?? {});
    if (event === 'onError') this.dispatchEvent(new Event('fail'));
  }

  take(info) {
    if ('currentTime' in info) this.toldAt = performance.now();
    Object.assign(this.info, info);
    this.dispatchEvent(new Event('beat'));
  }
}
