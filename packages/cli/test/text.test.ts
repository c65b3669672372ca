// Control characters made visible.
import { escapeControls } from '../src/text.ts';

test('shows what would move the cursor or turn the text round', () => {
  expect(escapeControls('a\u001b[2J\u202eb\nç')).toBe('a\\u001b[2J\\u202eb\\u000aç');
});
