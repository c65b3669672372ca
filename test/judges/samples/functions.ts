// CloudFormation's functions, for the samples.
export const ref = (Ref: string) => ({ Ref });
export const attribute = (...path: [string, string]) => ({ 'Fn::GetAtt': path });
export const select = (index: number, list: object) => ({ 'Fn::Select': [index, list] });
