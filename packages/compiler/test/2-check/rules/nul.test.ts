// Rule nul: no text holds the character NUL.
import { nul } from '../../../src/2-check/rules/nul.ts';
import { configMap, having, inContainer } from '../../helpers/objects.ts';
import { said } from '../../helpers/rules.ts';

it('finds it wherever it is', () => {
  expect(
    said(nul, [
      inContainer({
        env: [
          { name: 'A', value: 'x' },
          { name: 'B', value: 'a\0b' },
        ],
      }),
    ]),
  ).toEqual(['I2K333 ~c.env[1].value']);
  expect(said(nul, [having(configMap, { 'data.a': '\0' })])).toEqual(['I2K333 data.a']);
});

it('says nothing of other characters', () => expect(said(nul, [inContainer({ args: ['\u0001', '${x}', '{{resolve:x}}'] })])).toEqual([]));
