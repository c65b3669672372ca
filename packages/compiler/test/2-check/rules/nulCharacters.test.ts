// Rule nul: no text holds the character NUL.
import { nulCharacters } from '../../../src/2-check/rules/nulCharacters.ts';
import { configMap, inContainer, withFields } from '../../helpers/objects.ts';
import { findingsOf } from '../../helpers/rules.ts';

it('finds it wherever it is', () => {
  expect(
    findingsOf(nulCharacters, [
      inContainer({
        env: [
          { name: 'A', value: 'x' },
          { name: 'B', value: 'a\0b' },
        ],
      }),
    ]),
  ).toEqual(['I2K333 ~c.env[1].value']);
  expect(findingsOf(nulCharacters, [withFields(configMap, { 'data.a': '\0' })])).toEqual(['I2K333 data.a']);
});

it('says nothing of other characters', () =>
  expect(findingsOf(nulCharacters, [inContainer({ args: ['\u0001', '${x}', '{{resolve:x}}'] })])).toEqual([]));
