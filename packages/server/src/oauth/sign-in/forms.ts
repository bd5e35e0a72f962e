// The sign-in pages themselves, as functions of what they show.
import type { Words } from './language.ts';
import { type Html, html, nothing, page } from './page.ts';

export type SignInProblem = 'wrong' | 'tooMany';

/** @param client who asks, such as `Ridgeline command line`. */
export function signInPage(words: Words, client: string, problem?: SignInProblem): string {
  return page(
    words,
    words.signIn,
    html`<p>${html`<strong>${client}</strong>`} ${words.asks}</p>
<p class="soft">${words.denyHint}</p>
${problem === undefined ? nothing : alert(words[problem])}
<form method="post">
${field(words.name, { name: 'name', autocomplete: 'username' })}
${field(words.password, { name: 'password', type: 'password', autocomplete: 'current-password' })}
<button>${words.signIn}</button>
</form>
<hr>
<form method="post">
<p class="soft">${words.or}</p>
${field(words.accessToken, { name: 'token', type: 'password', autocomplete: 'off' })}
<button class="other">${words.signIn}</button>
</form>`,
  );
}

export function consentPage(words: Words, client: string, name: string): string {
  return page(
    words,
    client,
    html`<p>${words.signedInAs} <strong>${name}</strong></p>
<p><strong>${client}</strong> ${words.asks}</p>
<p class="soft">${words.denyHint}</p>
<form method="post">
<button name="consent" value="yes">${words.allow}</button>
<button name="consent" value="no" class="other">${words.deny}</button>
</form>`,
  );
}

export interface CodeForm {
  readonly action: string;
  readonly xsrf: string;
}

export function codePage(words: Words, { action, xsrf }: CodeForm, isWrong: boolean): string {
  return page(
    words,
    words.signIn,
    html`<p>${words.enterCode}</p>
${isWrong ? alert(words.codeWrong) : nothing}
<form method="post" action="${action}">
<input type="hidden" name="xsrf" value="${xsrf}">
<label for="user_code">${words.code}</label>
<input class="code" id="user_code" name="user_code" required maxlength="20" autocomplete="off" autocapitalize="characters" spellcheck="false">
<button>${words.next}</button>
</form>`,
  );
}

export function confirmCodePage(
  words: Words,
  { action, xsrf }: CodeForm,
  userCode: string,
  client: string,
): string {
  return page(
    words,
    client,
    html`<p>${words.confirmCode}</p>
<p class="code">${userCode}</p>
<p class="soft">${words.denyHint}</p>
<form method="post" action="${action}">
<input type="hidden" name="xsrf" value="${xsrf}">
<input type="hidden" name="user_code" value="${userCode}">
<button name="confirm" value="yes">${words.yes}</button>
<button name="abort" value="yes" class="other">${words.no}</button>
</form>`,
  );
}

export type PasswordProblem = 'different' | 'tooShort';

export function invitationPage(
  words: Words,
  { code, name }: { readonly code: string; readonly name: string },
  problem?: PasswordProblem,
): string {
  return page(
    words,
    words.welcome + name,
    html`<p>${words.choose}</p>
${problem === undefined ? nothing : alert(words[problem])}
<form method="post">
<input type="hidden" name="code" value="${code}">
<input type="text" name="username" value="${name}" autocomplete="username" hidden>
${field(words.password, { name: 'password', type: 'password', autocomplete: 'new-password' })}
${field(words.repeat, { name: 'again', type: 'password', autocomplete: 'new-password' })}
<button>${words.set}</button>
</form>`,
  );
}

/** A page with nothing to fill in. */
export function notePage(words: Words, title: keyof Words, text: keyof Words): string {
  return page(words, words[title], html`<p>${words[text]}</p>`);
}

function field(
  label: string,
  { name, type = 'text', autocomplete }: { name: string; type?: string; autocomplete: string },
): Html {
  return html`<label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}" required maxlength="512">`;
}

function alert(text: string): Html {
  return html`<p class="bad" role="alert">${text}</p>`;
}
