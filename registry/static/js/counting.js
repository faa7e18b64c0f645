/* Counting without a link: what was tapped waits on this phone. */
const every = (what, page = document) => Array.from(page.querySelectorAll(what));
const { who, waiting, refused, photo, full, lost, most, saved, signedOut, busy } = every('[data-counting]')[0].dataset;
const store = `counting:${who}`;
const [note] = every('[data-counting-note]');
const read = () => {
  try {
    return JSON.parse(localStorage.getItem(store)) || [];
  } catch (error) {
    return [];
  }
};
const write = (list) => localStorage.setItem(store, JSON.stringify(list));
const marks = () => every('[name=csrf_token]');
const tell = (text, good) => {
  note.textContent = text;
  note.classList.toggle('note-warn', !good);
  note.hidden = !text;
};
const show = (key, text) => every(`[data-count-row="${key}"]`).forEach((row) => {
  every('[data-count-act]', row).forEach((part) => { part.hidden = true; });
  every('[data-count-said]', row)[0].textContent = text;
});
const remind = () => {
  const left = read();
  every('[data-count-said]').forEach((one) => one.textContent === waiting && one.firstChild.remove());
  left.forEach(({ row }) => show(row, waiting));
  tell(left[0] ? `${waiting} ${left.length}` : '');
};

/* Photos are too big for the list: they lie beside it, under the person and the moment of the mark. */
const shelf = (mode, work) => new Promise((done, fail) => {
  const asked = indexedDB.open('counting', 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore('photos');
  asked.onerror = fail;
  asked.onsuccess = () => {
    const deed = asked.result.transaction('photos', mode);
    const answer = work(deed.objectStore('photos'));
    deed.onabort = fail;
    deed.oncomplete = () => done(answer.result);
    asked.result.close();
  };
});
const placeOf = ({ at }) => `${who}:${at}`;
const photosOf = async (one) => (one.photos ? shelf('readonly', (all) => all.get(placeOf(one))) : []);
const dropPhotos = (one) => one.photos && shelf('readwrite', (all) => all.delete(placeOf(one))).catch(() => {});
const post = (one, files) => {
  const body = new FormData();
  one.fields.forEach(([name, value]) => body.append(name, value));
  body.set('csrf_token', marks()[0].value);
  body.set('tapped_at', one.at);
  files.forEach((file) => body.append('file', file, file.name));
  return fetch(one.url, { method: 'POST', body });
};
/* Why it must stay here; only a page of the count and a plain refusal are final. */
const keptBy = ({ ok, status, url }) => {
  if (ok ? /\/(sheets|assets)\//.test(url) : [404, 413, 422].includes(status)) return '';
  return status < 404 ? signedOut : busy;
};

/* A conflict may last: it holds up no other mark, and has three tries a page. */
const tries = {};
let out;
const round = async () => {
  let told;
  try {
    for (const { at, name, row } of read()) {
      const one = read().find((each) => each.at === at);
      if (!one) continue;
      const files = await photosOf(one).catch(() => 0);
      const answer = tries[at] > 2 ? { status: 409 } : await post(one, files || []);
      const why = keptBy(answer);
      out = why === signedOut;
      if (why) told = why;
      if (answer.status === 409) tries[at] = (tries[at] || 0) + 1;
      else if (why) break;
      else {
        write(read().filter((each) => each.at !== at));
        dropPhotos(one);
        show(row, answer.ok ? saved : refused);
        if (!answer.ok || !files) told = `${answer.ok ? lost : refused} ${name}`;
      }
    }
  } catch (error) {
    /* it waits */
  }
  remind();
  if (told && (told !== busy || read()[0])) tell(told);
};
/* One window at a time. */
let sending;
const send = async () => {
  if (sending || !read()[0]) return;
  sending = true;
  const { locks } = navigator;
  await (locks ? locks.request(store, { ifAvailable: true }, (lock) => lock && round()) : round());
  sending = false;
};
/* Signed in again elsewhere: a new CSRF mark. */
const renew = async () => {
  const html = out ? await (await fetch(location)).text() : '';
  if (!html.includes(`data-who="${who}"`)) return;
  marks().forEach((mark) => { [, mark.value] = /csrf_token"[^>]*value="([^"]+)/.exec(html); });
  send();
};

const keep = async (one, files, why) => {
  const held = read().reduce((sum, { photos }) => sum + (photos || 0), files.length);
  if (files.length && held > most) return tell(full);
  try {
    if (files.length) await shelf('readwrite', (all) => all.put(files, placeOf(one)));
    write([...read(), one]);
  } catch (error) {
    dropPhotos(one);
    return tell(photo);
  }
  remind();
  if (why) tell(why);
  return true;
};
const freeze = (form, still) => every('button', form).forEach((one) => { one.disabled = still; });

addEventListener('submit', (event) => {
  const form = event.target;
  if (!form.matches('[data-count]')) return;
  event.preventDefault();
  const data = new FormData(form);
  const files = data.getAll('file').filter(({ size }) => size);
  ['file', 'csrf_token', 'tapped_at'].forEach((name) => data.delete(name));
  const { count: row, countName: name, countBack: back } = form.dataset;
  /* The moment goes along at once: sent twice because an answer was lost, it is the same mark. */
  const one = { url: form.action, row, name, fields: Array.from(data), photos: files.length, at: new Date().toISOString() };
  const wait = (why) => keep(one, files, why).then((kept) => freeze(form, kept && back));
  freeze(form, true);
  post(one, files).then((answer) => {
    const why = keptBy(answer);
    if (why && ![403, 409].includes(answer.status)) return wait(why);
    freeze(form, false);
    if (!answer.ok) return form.submit();
    if (!back) show(row, saved);
    else {
      sessionStorage.setItem(store, `${saved} ${name}`);
      location.assign(answer.url);
    }
    return send();
  }).catch(() => wait());
});
addEventListener('storage', ({ key }) => key === store && remind());
addEventListener('online', send);
document.addEventListener('visibilitychange', () => renew().catch(() => {}));
setInterval(() => out || send(), 15000);
remind();
if (!read()[0]) tell(sessionStorage.getItem(store), true);
sessionStorage.removeItem(store);
send();
