// What is wrong with the page as it is shown now, in this language and these colours: sentences, none when all is well.
// The people of the pages' world write in the same language, so that any other one on the page is a mistake.
({ language, theme }) => {
  const faults = [];
  const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
  const all = (selector) => [...document.querySelectorAll(selector)].filter(shown);
  const say = (element) => (element.id ? `#${element.id}` : element.outerHTML.slice(0, 100));
  const onScreen = (element) => !element.closest(".visually-hidden, .lb-skip");

  function structure() {
    const headings = all("h1");
    if (headings.length !== 1) faults.push(`${headings.length} main headings`);
    const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
    ids.filter((id, at) => ids.indexOf(id) !== at).forEach((id) => faults.push(`two elements are #${id}`));
    if (!document.title.split("·")[0].trim()) faults.push("the title says nothing");
    const levels = all("h1, h2, h3, h4").map(({ tagName }) => Number(tagName[1]));
    levels.forEach((level, at) => at && level > levels[at - 1] + 1 && faults.push(`a heading h${level} skips a level`));
  }

  function width() {
    const { scrollWidth } = document.documentElement;
    if (scrollWidth <= innerWidth) return;
    const wide = all("main *, header *, footer *").filter((element) => element.getBoundingClientRect().right > innerWidth + 1);
    faults.push(`${scrollWidth} wide in a window of ${innerWidth}: ${wide.slice(0, 3).map(say).join(" ")}`);
  }

  function names() {
    const nameOf = (element) => {
      const by = (element.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent ?? "");
      const labels = [...(element.labels ?? [])].map(({ textContent }) => textContent);
      return [element.getAttribute("aria-label"), ...by, ...labels].join(" ").trim();
    };
    all("input:not([type=hidden]), select, textarea").forEach((box) => nameOf(box) || faults.push(`no label: ${say(box)}`));
    all("a[href], button").forEach((door) => door.textContent.trim() || nameOf(door) || faults.push(`no words: ${say(door)}`));
    all("img:not([alt])").forEach((image) => faults.push(`no alt: ${say(image)}`));
    all("progress").forEach((bar) => nameOf(bar) || faults.push(`no words: ${say(bar)}`));
  }

  // WCAG 2.2, 2.5.8: what one presses is at least 24 by 24 px, links in running text excepted.
  function size() {
    all("button, input:not([type=hidden]), select, textarea, .btn, .nav-link").filter(onScreen).forEach((door) => {
      const target = door.matches("[type=checkbox], [type=radio]") ? door.closest(".form-check") ?? door : door;
      const { width: across, height } = target.getBoundingClientRect();
      if (across < 23.5 || height < 23.5) faults.push(`${across} by ${height} px to press: ${say(door)}`);
    });
  }

  function texts() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const { parentElement: parent, textContent } = walker.currentNode;
      if (textContent.trim() && !parent.closest("template, script, style, title") && shown(parent)) found.push([textContent.trim(), parent]);
    }
    return found;
  }

  // Names of the code, such as risk_review, have no place on a page; account codes stand in .lb-code.
  function words() {
    texts().forEach(([text, parent]) => {
      if (!parent.closest(".lb-code") && /\b[a-z]+_[a-z_]+\b|^None$|\bundefined\b|\bNaN\b|%\(|\{\{|&\w+;/.test(text)) faults.push(`raw: ${text.slice(0, 80)}`);
    });
  }

  // The bank stands in the settings, not in the catalogue.
  const NAMES = /Loanbridge client money \(demonstration\)|Demonstration Custody Bank|Loanbridge|English|简体中文|中文|Stripe|Email|passkey|\b(TEST-\d+|APR|CNY|CSV|TOTP|L[BN]-\d+)\b|\S+@\S+|https?:\S+/g;
  const FOREIGN = { en: /[\u3400-\u9fff]/, "zh-hans": /[A-Za-z]{3,}/ };

  function spoken() {
    const { lang, dataset } = document.documentElement;
    if (lang !== language) faults.push(`the page says that its language is ${lang}`);
    if (dataset.bsTheme !== theme) faults.push(`the page is ${dataset.bsTheme}`);
    texts().forEach(([text, parent]) => {
      const ours = text.replace(NAMES, "");
      if (!parent.closest(".lb-code") && FOREIGN[language].test(ours)) faults.push(`not translated: ${text.slice(0, 80)}`);
    });
  }

  // WCAG 2.2, 1.4.3, on plain backgrounds.
  function contrast() {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    const rgba = (colour) => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      return [r, g, b, a / 255];
    };
    const over = ([r, g, b, a], below) => [r, g, b].map((part, at) => part * a + below[at] * (1 - a));
    const below = (element) => {
      if (!element) return document.documentElement.dataset.bsTheme === "dark" ? [0, 0, 0] : [255, 255, 255];
      const colour = rgba(getComputedStyle(element).backgroundColor);
      return colour[3] === 1 ? colour.slice(0, 3) : over(colour, below(element.parentElement));
    };
    const light = (colour) => {
      const [r, g, b] = colour.map((part) => (part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    texts().filter(([, parent]) => onScreen(parent) && !parent.closest("svg, :disabled, .disabled")).forEach(([text, parent]) => {
      const style = getComputedStyle(parent);
      const ground = below(parent);
      const [dark, bright] = [light(over(rgba(style.color), ground)), light(ground)].sort((one, other) => one - other);
      const ratio = (bright + 0.05) / (dark + 0.05);
      const size = parseFloat(style.fontSize);
      const least = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
      if (ratio < least) faults.push(`contrast ${ratio.toFixed(1)}: ${text.slice(0, 40)}`);
    });
  }

  [structure, width, names, size, words, spoken, contrast].forEach((look) => look());
  return [...new Set(faults)];
};
