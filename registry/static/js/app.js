/* Small conveniences. Every page works without this file. */
const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
const on = (type, work) => document.addEventListener(type, work);
const byId = (id) => document.getElementById(id);
const create = (tag) => document.createElement(tag);
document.documentElement.classList.add('js');

/* 人民币大写, from decimal text: no amount passes through a float. */
const toFen = (text) => {
  const plain = text.normalize('NFKC').replace(/[\s,¥]|[元圆]$/g, '');
  const found = /^(\d{1,16})(?:\.(\d*))?([万亿]?)$/.exec(plain);
  if (!found) return '';
  const shift = { 亿: 10, 万: 6 }[found[3]] || 2;
  const part = (found[2] || '').padEnd(shift, '0');
  return /[1-9]/.test(part.slice(shift)) ? '' : (found[1] + part.slice(0, shift)).replace(/^0+/, '').padStart(3, '0');
};
const capital = (text) => {
  const fen = toFen(text);
  if (!fen || fen.length > 16) return '';
  if (fen === '000') return '零元整';
  const digits = '零壹贰叁肆伍陆柒捌玖';
  const yuan = fen.slice(0, -2).replace(/^0/, '');
  const [jiao, odd] = fen.slice(-2);
  let out = '', gap = false, group = false;
  Array.from(yuan).forEach((digit, i) => {
    const place = yuan.length - 1 - i;
    if (+digit) {
      out += (gap ? '零' : '') + digits[digit] + ['', '拾', '佰', '仟'][place % 4];
      group = true;
    }
    gap = !+digit;
    if (place % 4 || !group) return;
    out += ['', '万', '亿', '万亿'][place / 4];
    gap = group = false;
  });
  if (yuan) out += '元';
  if (+jiao) out += digits[jiao] + '角';
  else if (yuan && +odd) out += '零';
  return out + (+odd ? digits[odd] + '分' : '整');
};
const echo = (input) => {
  const note = all(`output[for="${input.id}"]`)[0];
  if (note) note.textContent = capital(input.value);
};

/* Unsaved changes; drafts saved two seconds after the last key. */
const dirty = new Set();
const timers = new Map();
const save = (form) => {
  const { autosave, autosaveNote } = form.dataset;
  const body = new URLSearchParams();
  new FormData(form).forEach((value, name) => typeof value === 'string' && body.append(name, value));
  fetch(autosave, { method: 'POST', body })
    .then((answer) => (answer.ok && !answer.redirected ? answer.text() : ''))
    .then((text) => {
      if (!text) return;
      dirty.delete(form);
      byId(autosaveNote).textContent = text;
    })
    .catch(() => {});
};
const touched = (form) => {
  if (!form) return;
  if (form.matches('[data-guard]')) dirty.add(form);
  clearTimeout(timers.get(form));
  if (form.matches('[data-autosave]')) timers.set(form, setTimeout(save, 2000, form));
};
window.onbeforeunload = () => (dirty.size ? true : undefined);
on('submit', ({ target }) => {
  dirty.delete(target);
  clearTimeout(timers.get(target));
});
on('input', ({ target }) => {
  if (target.matches('[data-capital]')) echo(target);
  touched(target.form);
});

/* Photos: at most 1600 px, JPEG; else the original. */
const shrink = (file) => new Promise((done) => {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type)) return done(file);
  const photo = new Image();
  photo.onerror = () => done(file);
  photo.onload = () => {
    const scale = Math.min(1, 1600 / Math.max(photo.width, photo.height));
    const canvas = create('canvas');
    canvas.width = photo.width * scale;
    canvas.height = photo.height * scale;
    canvas.getContext('2d').drawImage(photo, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(photo.src);
    canvas.toBlob((blob) => {
      const name = file.name.replace(/\.\w+$/, '.jpg');
      done(blob && blob.size < file.size ? new File([blob], name, { type: blob.type }) : file);
    }, 'image/jpeg', 0.85);
  };
  photo.src = URL.createObjectURL(file);
});
on('change', ({ target }) => {
  if (!target.matches('[data-shrink]')) return;
  Promise.all(Array.from(target.files, shrink)).then((files) => {
    const box = new DataTransfer();
    files.forEach((file) => box.items.add(file));
    target.files = box.files;
  }).catch(() => {});
});

/* Repeated rows; the moment is an index that no other row has. */
const renumber = (body) => all('[data-row-number]', body).forEach((cell, i) => { cell.textContent = i + 1; });
const addRow = (template) => {
  const body = template.parentNode;
  const fresh = create('template');
  fresh.innerHTML = template.innerHTML.replace(/__index__/g, Date.now());
  const first = fresh.content.querySelector('input:not([type=hidden]),select');
  body.insertBefore(fresh.content, template);
  renumber(body);
  if (first) first.focus();
};
const dropRow = (button) => {
  const row = button.closest('[data-row]');
  const body = row.parentNode;
  row.remove();
  renumber(body);
  touched(body.closest('form'));
};

const copy = (text) => {
  const box = create('input');
  box.value = text;
  document.body.append(box);
  box.select();
  document.execCommand('copy');
  box.remove();
};
const close = (fold) => fold.removeAttribute('open');

on('click', ({ target }) => {
  all('.fold[open]').forEach((fold) => fold.contains(target) || close(fold));
  const hit = target.closest('[data-add-row],[data-remove-row],[data-copy],[data-print]');
  if (!hit) return;
  const { addRow: id, copy: text, done, print } = hit.dataset;
  if (id) addRow(byId(id));
  else if (text) {
    copy(text);
    hit.focus();
    hit.textContent = done;
  } else if (print === '') window.print();
  else dropRow(hit);
});
on('keydown', (event) => {
  const { key, target } = event;
  if (key === 'Escape') all('.fold[open]').forEach(close);
  if (key === '/' && !target.closest('input,select,textarea')) {
    event.preventDefault();
    all('[data-search]').forEach((box) => box.offsetParent && box.focus());
  }
  const send = key === 'Enter' && event.ctrlKey && target.form && target.form.querySelector('[type=submit]');
  if (send) send.click();
});

all('[data-spare]').forEach((row) => row.remove());
all('[data-capital]').forEach(echo);
if (matchMedia('(max-width:768px)').matches) all('[data-phone-fold]').forEach(close);
