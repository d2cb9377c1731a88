// Hearing what was said: the recording above the transcript, played from the selected line. It loads only
// when somebody asks for it. The line that is heard is marked; nothing else moves by itself.
import { FilePlayer, YouTubePlayer } from './player.js';

const STEP = 5; // seconds back and forward
const byId = id => document.getElementById(id);
const box = byId('recording');
const transcript = byId('transcript');
const panel = byId('form');
const strip = byId('strip');

let player = null;
let offset = Number(box.dataset.offset); // seconds the recording is ahead of the transcript
let asked = null; // the second of the transcript from which it was last to play

const rows = () => [...transcript.querySelectorAll('.row')];
const secondOf = row => (row?.dataset.start ? Number(row.dataset.start) : null);
const selected = () => transcript.querySelector('.row[aria-current]');
const heardSecond = () => Math.max(0, player.second - offset);
const tenth = second => Math.round(second * 10) / 10;

// A time as the form has it: 2:30:50 or 2:30:50.5.
function written(second) {
  const [whole, rest] = tenth(Math.max(0, second)).toFixed(1).split('.');
  const two = number => String(number).padStart(2, '0');
  const time = `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  return rest === '0' ? time : `${time}.${rest}`;
}

function read(time) {
  const fields = time.trim().split(':').map(Number);
  const isTime = time.trim() !== '' && fields.every(Number.isFinite);
  return isTime ? fields.reduce((second, field) => second * 60 + field, 0) : null;
}

// Playing

function open(Player, source) {
  player?.close();
  asked = null;
  player = new Player(byId('player'), source);
  player.addEventListener('beat', refresh);
  player.addEventListener('fail', () => { byId('unplayable').hidden = false; });
  byId('unplayable').hidden = true;
  document.body.classList.add('hears');
  refresh();
}

function openOwn(second) {
  const { kind, address, title } = box.dataset;
  if (!kind) return false;
  open(kind === 'youtube' ? YouTubePlayer : FilePlayer, { kind, address, title, second: second + offset });
  return true;
}

function close() {
  player?.close();
  player = null;
  document.body.classList.remove('hears');
  byId('unplayable').hidden = true;
  refresh();
}

// NaN, a length that isn't known yet, is never reached.
const isBeyond = second => second !== null && second + offset >= player.length;
const isOver = () => player.second >= player.length;

function playFrom(second) {
  asked = second;
  if (!isBeyond(second)) {
    player.seek(second + offset);
    player.play();
  }
  refresh();
}

// The start that the open draft gives its words, while they are selected; else the selected line's.
function chosenSecond() {
  const draft = panel.querySelector('[data-draft]');
  const line = selected();
  const given = draft?.elements.u.value === line?.dataset.u ? read(draft?.elements.starts_at.value ?? '') : null;
  return given ?? secondOf(line);
}

function playOrPause() {
  const second = chosenSecond();
  if (!player && !openOwn(second ?? 0)) return;
  const goesOn = second === null || (second === asked && !isBeyond(second) && !isOver());
  if (player.isPlaying) player.pause();
  else if (goesOn) player.play();
  else playFrom(second);
}

const step = seconds => player?.seek(player.second + seconds);

// Marking

function heardRow() {
  const second = heardSecond();
  const until = transcript.querySelector('.rows').dataset.until;
  if (until && second >= Number(until)) return undefined;
  return rows().findLast(row => secondOf(row) !== null && secondOf(row) <= second);
}

function refresh() {
  const row = player ? heardRow() : undefined;
  const marked = transcript.querySelector('.row.heard');
  if (row !== marked) {
    marked?.classList.remove('heard');
    row?.classList.add('heard');
  }
  byId('heard-at').textContent = player ? written(Math.floor(heardSecond())) : '';
  byId('beyond').hidden = !player || !isBeyond(asked);
  for (const key of ['[', ']', 'h']) keyOf(key).disabled = !player;
  keyOf('v').disabled = !player && !box.dataset.kind;
}

const keyOf = key => document.querySelector(`.keybar [data-do="${key}"]`);

// The start of the draft, and the offset

function setStart(second) {
  const field = panel.querySelector('[name=starts_at]');
  field.value = written(second);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

function begin({ dataset }) {
  const given = read(panel.querySelector('[name=starts_at]').value) ?? secondOf(selected()) ?? 0;
  if (dataset.nudge) setStart(given + Number(dataset.nudge));
  else if (dataset.begin === 'heard') setStart(heardSecond());
  else playFrom(given);
}

function align() {
  const second = secondOf(selected());
  if (second === null) return;
  offset = tenth(player.second - second);
  byId('id_video_offset').value = offset;
  refresh();
}

// A link that stays one leads to the selected line, as far as its address can say so.
function aim(link) {
  const second = secondOf(selected());
  if (second !== null && link.hash.startsWith('#t=')) link.hash = `t=${Math.floor(Math.max(0, second + offset))}`;
}

strip.addEventListener('click', event => {
  const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (event.target.closest('#source a')) aim(event.target.closest('#source a'));
  if (event.target.closest('[data-align]')) return align();
  if (event.target.closest('[data-close]')) close();
  else if (event.target.closest('[data-play]') && isPlain) {
    event.preventDefault();
    playOrPause();
  } else return undefined;
  return transcript.focus({ preventScroll: true });
});
box.addEventListener('change', event => {
  const [file] = event.target.files ?? [];
  if (!file) return;
  const kind = file.type.startsWith('audio/') ? 'audio' : 'video';
  open(FilePlayer, { kind, address: URL.createObjectURL(file), title: file.name });
  event.target.value = '';
  transcript.focus({ preventScroll: true });
});
panel.addEventListener('click', event => {
  const button = event.target.closest('[data-nudge], [data-begin]');
  if (button) begin(button);
});
strip.addEventListener('input', event => {
  if (event.target.name === 'video_offset') offset = Number(event.target.value);
  if (player) refresh();
});
new MutationObserver(() => refresh()).observe(transcript, { childList: true });
refresh();

// The acts of its keys. `show` selects a line by its number on the page, `visit` goes to an address.
export const listening = ({ show, visit }) => ({
  v: playOrPause,
  '[': () => step(-STEP),
  ']': () => step(STEP),
  h: () => {
    if (!player) return;
    const row = heardRow();
    if (row) show(rows().indexOf(row));
    else visit(`?t=${Math.floor(heardSecond())}`);
  },
});
