/* Counting without a link: what was tapped waits on this phone, under its person's number, until it can be sent. */
const box = document.querySelector('[data-counting]');
const { who, waiting, refused, photo, full, lost, most, saved, signedOut } = box.dataset;
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
const tell = (text, good) => {
  note.textContent = text;
  note.classList.toggle('note-warn', !good);
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

/* Photos are too big for the list: they lie beside it, under the person's number and the moment of their mark. */
const shelf = (mode, work) => new Promise((done, fail) => {
  const asked = indexedDB.open('counting', 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore('photos');
  asked.onerror = fail;
  asked.onsuccess = () => {
    const deed = asked.result.transaction('photos', mode);
    const answer = work(deed.objectStore('photos'));
    const end = (next) => () => {
      asked.result.close();
      next(answer.result);
    };
    deed.oncomplete = end(done);
    deed.onabort = end(fail);
  };
});
const placeOf = (at) => `${who}:${at}`;
const photosOf = (one) => (one.photos ? shelf('readonly', (all) => all.get(placeOf(one.at))) : Promise.resolve([]));
const dropPhotos = (one) => one.photos && shelf('readwrite', (all) => all.delete(placeOf(one.at))).catch(() => {});
const bodyOf = (one, files) => {
  const body = new FormData();
  one.fields.forEach(([name, value]) => body.append(name, value));
  body.set('csrf_token', token());
  body.set('tapped_at', one.at);
  files.forEach((file) => body.append('file', file, file.name));
  return body;
};

/* One after another, the oldest first; a lost link ends the round and loses nothing. */
let sending = false;
const send = async () => {
  if (sending) return false;
  sending = true;
  let told = '';
  try {
    for (let [one] = read(); one; [one] = read()) {
      const files = await photosOf(one);
      const answer = await fetch(one.url, { method: 'POST', body: bodyOf(one, files || []) });
      if (/\/login/.test(answer.url)) {
        told = signedOut;
        break;
      }
      if (answer.status >= 500) break;
      write(read().slice(1));
      dropPhotos(one);
      show(one.row, answer.ok ? saved : refused);
      if (!answer.ok) told = `${refused} ${one.name}`;
      else if (!files) told = `${lost} ${one.name}`;
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

const keep = async (one, files) => {
  const held = read().reduce((sum, each) => sum + (each.photos || 0), 0);
  if (files.length && held + files.length > +most) {
    tell(full);
    return false;
  }
  try {
    if (files.length) await shelf('readwrite', (all) => all.put(files, placeOf(one.at)));
  } catch (error) {
    tell(photo);
    return false;
  }
  write([...read(), one]);
  remind();
  return true;
};
const freeze = (form, still) => form.querySelectorAll('button').forEach((button) => { button.disabled = still; });

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!form.matches('[data-count]')) return;
  event.preventDefault();
  const pairs = Array.from(new FormData(form)).filter(([name]) => name !== 'csrf_token' && name !== 'tapped_at');
  const fields = pairs.filter(([, value]) => typeof value === 'string');
  const files = pairs.map(([, value]) => value).filter((value) => value.size);
  const { count: row, countName: name, countBack: back } = form.dataset;
  /* The moment goes along at once: sent twice because an answer was lost, it is the same mark. */
  const one = { url: form.action, row, name, fields, photos: files.length, at: new Date().toISOString() };
  const wait = () => keep(one, files).then((kept) => freeze(form, Boolean(kept && back)));
  freeze(form, true);
  fetch(form.action, { method: 'POST', body: bodyOf(one, files) }).then((answer) => {
    if (answer.status >= 500) return wait();
    freeze(form, false);
    if (!answer.ok || /\/login/.test(answer.url)) return form.submit();
    if (!back) show(row, saved);
    else {
      sessionStorage.setItem(store, `${saved} ${name}`);
      location.assign(answer.url);
    }
    return send();
  }).catch(wait);
});
tell(sessionStorage.getItem(store), true);
sessionStorage.removeItem(store);
window.addEventListener('online', send);
setInterval(() => { if (read().length) send(); }, 15000);
remind();
if (read().length) send();
