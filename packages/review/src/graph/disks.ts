// Which machines mount which disks: those whose payload names them.
import { references } from '../differ/references.ts';
import type { Template } from '../template.ts';
import type { Link } from './model.ts';
import { ofType, ownerOf } from './things.ts';

export const disks = (template: Template): readonly Link[] =>
  [...ofType(template, 'AWS::EC2::LaunchTemplate'), ...ofType(template, 'AWS::EC2::Instance')].flatMap(([id, resource]) =>
    references(resource.Properties ?? {}).flatMap(({ to }) =>
      template.Resources[to]?.Type === 'AWS::EC2::Volume' ? [{ from: ownerOf(id, resource), to, sort: 'disk', label: '' } as const] : [],
    ),
  );
