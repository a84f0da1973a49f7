// The interface half of the simulated Clerk: it draws, the other script knows who is signed in.
(() => {
  const make = (tag, properties = {}, ...children) => {
    const node = Object.assign(document.createElement(tag), properties);
    node.append(...children);
    return node;
  };

  const card = (title, ...children) => {
    const node = make('section', { ariaLabel: title }, make('h2', { textContent: title }), ...children);
    node.style.cssText = 'box-sizing:border-box;max-width:26rem;padding:1.25rem;border:1px solid;border-radius:.5rem;text-align:left';
    return node;
  };

  const button = (text, onclick) => {
    const node = make('button', { type: 'button', textContent: text, onclick });
    node.style.cssText = 'display:block;width:100%;min-height:2.75rem;margin:.5rem 0;font:inherit;cursor:pointer';
    return node;
  };

  const field = (text, properties) => {
    const input = make('input', { required: true, ...properties });
    input.style.cssText = 'display:block;box-sizing:border-box;width:100%;min-height:2.75rem;font:inherit';
    const label = make('label', {}, text, input);
    label.style.cssText = 'display:block;margin:.5rem 0';
    return label;
  };

  const fullName = (person) => [person.first_name, person.last_name].filter(Boolean).join(' ') || person.id;

  class SimulatedUI {
    /** One button for each known person, and a form for anybody else; `choose` signs in. */
    signIn(element, { people, choose, title }) {
      const status = make('p', { role: 'status' });
      const attempt = (who) => choose(who).catch((error) => { status.textContent = error.message; });
      const form = make('form', {}, field('Name', { name: 'name', autocomplete: 'name' }),
        field('E-mail', { name: 'email', type: 'email', autocomplete: 'email' }), button('Continue', null));
      form.lastChild.type = 'submit';
      form.onsubmit = (event) => {
        event.preventDefault();
        attempt(Object.fromEntries(new FormData(form)));
      };
      const known = people.map((person) => button(`Continue as ${fullName(person)}`, () => attempt({ userId: person.id })));
      element.replaceChildren(card(title, ...known, form, status));
    }

    /** A disc that opens the two things an account button offers. */
    userButton(element, { user, manage, signOut }) {
      const menu = make('div', { hidden: true }, button('Manage account', manage), button('Sign out', signOut));
      menu.style.cssText = 'position:absolute;right:0;z-index:10;min-width:12rem;padding:.5rem;border:1px solid;background:Canvas';
      const initial = (user.fullName ?? user.primaryEmailAddress?.emailAddress ?? '?')[0].toUpperCase();
      const opener = make('button', { type: 'button', textContent: initial, ariaLabel: 'Open user menu', ariaExpanded: 'false' });
      opener.style.cssText = 'width:2.75rem;height:2.75rem;border-radius:50%;font:inherit;cursor:pointer';
      const show = (open) => {
        menu.hidden = !open;
        opener.ariaExpanded = String(open);
      };
      opener.onclick = () => show(menu.hidden);
      const frame = make('div', {}, opener, menu);
      frame.style.cssText = 'position:relative;display:inline-block';
      frame.onkeydown = (event) => {
        if (event.key !== 'Escape' || menu.hidden) return;
        show(false);
        opener.focus();
      };
      element.replaceChildren(frame);
    }

    userProfile({ user }) {
      const close = button('Close', () => dialog.close());
      const dialog = make('dialog', { ariaLabel: 'Account' },
        card('Simulated account', make('p', { textContent: user.fullName ?? user.id }),
          make('p', { textContent: user.primaryEmailAddress?.emailAddress ?? '' }), close));
      dialog.onclose = () => dialog.remove();
      document.body.append(dialog);
      dialog.showModal();
    }
  }

  window.__internal_ClerkUICtor = SimulatedUI;
})();
