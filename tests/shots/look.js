// What an eye, a finger or a keyboard would find wrong on the page; each answers a list of faults.
(() => {
  const FLOWS = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]';
  const COLOURED = '.tag, .duechip, .due, .due-main, .stair, .notice, .faults, .fault, .grp';

  // What is new may be told at any moment, over whatever is looked at; its bar is looked at in the gallery.
  const news = new CSSStyleSheet();
  news.replaceSync('.fresh:not(:has([href="/parts"])) { display: none !important }');
  document.adoptedStyleSheets = [news];

  const seen = (it) => it.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const hidden = (it) => it.closest('.vh, .skip, [hidden], svg') !== null;
  const name = (it) => {
    const id = it.id ? `#${it.id}` : '';
    const kind = typeof it.className === 'string' && it.className ? `.${it.className.trim().replace(/\s+/g, '.')}` : '';
    const words = (it.textContent || it.value || '').trim().replace(/\s+/g, ' ').slice(0, 30);
    return `${it.localName}${id}${kind} "${words}"`;
  };
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // Not the lists that lie over the page: one of them is open at a time.
  const unfold = () => all('details:not(.own, .appmenu, .filter-form)').forEach((it) => { it.open = true; });

  const tooWide = () => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    const scrolls = (it) => it && it !== document.body
      && (getComputedStyle(it).overflowX !== 'visible' || scrolls(it.parentElement));
    const out = all('body *').filter((it) => seen(it) && !scrolls(it.parentElement)
      && it.getBoundingClientRect().right > room + 0.5);
    const last = out.filter((it) => !out.some((other) => other !== it && it.contains(other)));
    return [`${document.documentElement.scrollWidth} pixels wide: ${last.slice(0, 4).map(name).join(', ')}`];
  };

  const holdsText = (it) => [...it.childNodes].some((node) => node.nodeType === 3 && node.data.trim());

  // A line of Chinese is drawn a little taller than a tight line height; that cuts nothing.
  const cut = () => all('body *').filter((it) => {
    if (it.clientWidth <= 1 || !seen(it) || hidden(it) || !holdsText(it) || it.localName === 'textarea') return false;
    const style = getComputedStyle(it);
    const clipsX = it.scrollWidth > it.clientWidth + 1;
    const spare = style.overflowY === 'visible' ? parseFloat(style.fontSize) * 0.5 : 1;
    return clipsX || it.scrollHeight > it.clientHeight + spare;
  }).map((it) => `cut: ${name(it)} (${it.scrollWidth}×${it.scrollHeight} in ${it.clientWidth}×${it.clientHeight})`);

  const boxOf = (it) => {
    const label = it.closest('label') || (it.id && document.querySelector(`label[for="${CSS.escape(it.id)}"]`));
    const boxes = [it, label].filter(Boolean).map((each) => each.getBoundingClientRect());
    return { width: Math.max(...boxes.map((b) => b.width)), height: Math.max(...boxes.map((b) => b.height)) };
  };
  const inText = (it) => it.localName === 'a' && getComputedStyle(it).display === 'inline'
    && [...it.parentElement.childNodes].some((node) => node !== it && node.textContent.trim().length > 1);

  const small = ([selector, least]) => all(selector)
    .filter((it) => seen(it) && !hidden(it) && !it.disabled && it.getAttribute('tabindex') !== '-1' && !inText(it))
    .map((it) => [it, boxOf(it)])
    .filter(([, box]) => box.height < least - 0.5 || box.width < least - 0.5)
    .map(([it, box]) => `${Math.round(box.width)}×${Math.round(box.height)} is under ${least}: ${name(it)}`);

  const wordless = () => all(COLOURED)
    .filter((it) => seen(it) && !it.textContent.trim())
    .map((it) => `only a colour: ${name(it)}`);

  const restyle = (rules) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    document.adoptedStyleSheets = rules ? [news, sheet] : [news];
  };

  // While a dialog is open there is nothing but the dialog.
  const stops = () => all(FLOWS, document.querySelector('dialog:modal') || document).filter((it) => {
    if (!seen(it) && !it.closest('.skip')) return false;
    if (it.disabled || it.getAttribute('tabindex') === '-1') return false;
    if (it.type !== 'radio') return true;
    const group = all(`input[type=radio][name="${CSS.escape(it.name)}"]`, it.form || document);
    return it === (group.find((one) => one.checked) || group[0]);
  });

  const ringed = (it) => {
    const style = getComputedStyle(it);
    const outlined = style.outlineStyle === 'auto'
      || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2);
    return outlined || (it.closest('label') && getComputedStyle(it.closest('label')).outlineStyle !== 'none');
  };
  // What the reader opened over the page lies there until she shuts it.
  const covered = (it) => {
    const box = it.getClientRects()[0];
    if (!box) return true;
    const points = [[0.5, 0.5], [0.1, 0.2], [0.9, 0.2], [0.1, 0.8], [0.9, 0.8]];
    const label = it.closest('label');
    return points.every(([x, y]) => {
      const top = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
      if (top?.closest('.filter-box, .own-list')) return false;
      return !top || !(it.contains(top) || top.contains(it) || (label && label.contains(top)));
    });
  };

  const walk = { met: [], faults: [] };
  const meet = (event) => {
    if (event.key !== 'Tab') return;
    const it = document.activeElement;
    if (!it || it === document.body || walk.met.includes(it)) return;
    walk.met.push(it);
    if (!ringed(it)) walk.faults.push(`no ring: ${name(it)}`);
    if (covered(it)) walk.faults.push(`covered: ${name(it)}`);
  };
  // Where Tab has not come yet; a field for a date takes several presses.
  const ahead = () => stops().filter((it) => !walk.met.includes(it));
  const beginWalk = () => {
    walk.met = [];
    walk.faults = [];
    unfold();
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
    scrollTo(0, 0);
    document.addEventListener('keyup', meet);
  };
  const endWalk = () => {
    document.removeEventListener('keyup', meet);
    const missed = ahead().map((it) => `not reached: ${name(it)}`);
    // Who began in the middle of the page comes to its top once more.
    const top = stops()[0];
    const order = document.querySelector('dialog:modal') ? [] : walk.met.filter((it, at) => at && it !== top && !(walk.met[at - 1].compareDocumentPosition(it) & 4));
    return [...walk.faults, ...missed, ...order.slice(0, 1).map((it) => `out of order: ${name(it)}`)];
  };

  const ids = () => all('[id]').map((it) => it.id).filter((id, at, every) => every.indexOf(id) !== at).map((id) => `id twice: ${id}`);
  const headings = () => {
    const levels = all('h1, h2, h3, h4, h5, h6').filter((it) => it.checkVisibility()).map((it) => [Number(it.localName[1]), it]);
    const ones = levels.filter(([level]) => level === 1);
    const jumps = levels.filter(([level], at) => at && level > levels[at - 1][0] + 1);
    return [...(ones.length === 1 ? [] : [`${ones.length} h1`]), ...jumps.map(([, it]) => `skips a level: ${name(it)}`)];
  };
  const clickable = () => all('[hx-get], [hx-post], [hx-delete], [onclick], [role=button], [data-key]')
    .filter((it) => seen(it) && !['form', 'details'].includes(it.localName) && !it.matches(FLOWS))
    .map((it) => `clickable, but not by keyboard: ${name(it)}`);

  // Where the focus is when something was typed wrongly, and where the summary leads.
  const summary = () => {
    const box = document.querySelector('.faults');
    if (!box) return ['no summary of faults'];
    const astray = all('a[href^="#"]', box).filter((it) => {
      const field = document.getElementById(it.hash.slice(1));
      if (!field) return true;
      it.click();
      return document.activeElement !== field && !field.contains(document.activeElement);
    });
    return astray.map((it) => `the summary leads nowhere: ${name(it)}`);
  };
  // What is wrong with a field is told together with the field.
  const untold = () => all('.field--fault').filter((field) => {
    const told = [field, ...all('[aria-describedby]', field)].flatMap((it) => (it.getAttribute('aria-describedby') ?? '').split(' '));
    return !told.some((id) => field.querySelector(`.fault[id="${CSS.escape(id)}"]`));
  }).map((it) => `not described by its fault: ${name(it)}`);
  const focused = () => (document.activeElement?.closest('.faults') ? [] : [`the focus is at ${name(document.activeElement)}`]);

  // The words of the page, without what users wrote, other languages and what is in no language.
  const words = (language) => {
    const copy = document.body.cloneNode(true);
    all('[hx-ignore], [aria-hidden=true], code, kbd, script', copy).forEach((it) => it.remove());
    all('[lang]', copy).filter((it) => !it.lang.startsWith(language.slice(0, 2))).forEach((it) => it.remove());
    const labels = all('[aria-label], [title], [placeholder], [alt]', copy)
      .flatMap((it) => ['aria-label', 'title', 'placeholder', 'alt'].map((a) => it.getAttribute(a) || ''));
    return [document.title, copy.textContent, ...labels].join('\n');
  };

  window.look = { unfold, tooWide, cut, small, wordless, restyle, beginWalk, ahead: () => ahead().length, endWalk, ids, headings, clickable, focused, summary, untold, words };
})();
