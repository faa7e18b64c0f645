/* Counting without a link: what was tapped waits on this phone, under its person's number, until it can be sent. */
const box = document.querySelector('[data-counting]');
const { who, waiting, refused, photo, saved, signedOut } = box.dataset;
const store = `counting:${who}`;
const note = box.querySelector('[data-counting-note]');
const read = () => {
  try {
    return JSON.parse(localStorage.getItem(store)) || [];
  } catch (error) {
    return [];
  }
};
const write = (list) => localStorage.setItem(store, JSON.stringify(list));
const token = () => document.querySelector('[name=csrf_token]').value;
const rowOf = (key) => document.querySelector(`[data-count-row="${key}"]`);
const tell = (text) => {
  note.textContent = text;
  note.hidden = !text;
};
const show = (key, text) => {
  const row = rowOf(key);
  if (!row) return;
  row.querySelectorAll('[data-count-act]').forEach((part) => { part.hidden = true; });
  row.querySelector('[data-count-said]').textContent = text;
};
const remind = () => {
  const left = read();
  left.forEach((one) => show(one.row, waiting));
  if (left.length) tell(`${waiting} ${left.length}`);
};

/* One after another, the oldest first; a lost link ends the round and loses nothing. */
let sending = false;
const send = async () => {
  if (sending) return;
  sending = true;
  let told = '';
  try {
    for (let [one] = read(); one; [one] = read()) {
      const body = new URLSearchParams(one.fields);
      body.set('csrf_token', token());
      body.set('tapped_at', one.at);
      const answer = await fetch(one.url, { method: 'POST', body });
      if (/\/login/.test(answer.url)) {
        told = signedOut;
        break;
      }
      if (answer.status >= 500) break;
      write(read().slice(1));
      show(one.row, answer.ok ? saved : refused);
      if (!answer.ok) told = `${refused} ${one.name}`;
    }
  } catch (error) {
    /* no link: it waits */
  }
  sending = false;
  tell('');
  remind();
  if (told) tell(told);
  return read().length === 0 && !told;
};

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!form.matches('[data-count]')) return;
  const files = Array.from(form.querySelectorAll('[type=file]')).some((field) => field.files.length);
  if (files) {
    if (navigator.onLine) return;
    event.preventDefault();
    tell(photo);
    return;
  }
  event.preventDefault();
  const fields = Array.from(new FormData(form)).filter(([name, value]) => name !== 'csrf_token' && typeof value === 'string');
  const { count: row, countName: name, countBack: back } = form.dataset;
  const attempt = new URLSearchParams(fields);
  attempt.set('csrf_token', token());
  const keep = () => {
    write([...read(), { url: form.action, row, name, fields, at: new Date().toISOString() }]);
    remind();
    if (back) form.querySelectorAll('button').forEach((button) => { button.disabled = true; });
  };
  fetch(form.action, { method: 'POST', body: attempt }).then((answer) => {
    if (answer.status >= 500) return keep();
    if (!answer.ok || /\/login/.test(answer.url)) return form.submit();
    if (back) location.assign(answer.url);
    else show(row, saved);
    return send();
  }).catch(keep);
});
window.addEventListener('online', send);
setInterval(() => { if (read().length) send(); }, 15000);
remind();
if (read().length) send();
