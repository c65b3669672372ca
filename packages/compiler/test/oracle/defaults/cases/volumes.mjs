// Pods' volumes, one source each.
import { volume } from './make.mjs';

export const volumes = [
  ...[
    {},
    { emptyDir: {} },
    { emptyDir: null },
    { configMap: { name: 'x' } },
    { configMap: { name: 'x', defaultMode: 0 } },
    { secret: { secretName: 'x' } },
    { secret: { secretName: 'x', defaultMode: 256, items: [{ key: 'k', path: 'p', mode: 1 }] } },
    { hostPath: { path: '/x' } },
    { hostPath: { path: '/x', type: 'Directory' } },
    {
      downwardAPI: {
        items: [
          { path: 'p', fieldRef: { fieldPath: 'x' } },
          { path: 'q', resourceFieldRef: { resource: 'limits.cpu' } },
        ],
      },
    },
    {
      projected: {
        sources: [
          { serviceAccountToken: { path: 'p' } },
          { serviceAccountToken: { path: 'p', expirationSeconds: 600 } },
          { configMap: { name: 'x' } },
          { downwardAPI: { items: [{ path: 'p', fieldRef: { fieldPath: 'x' } }] } },
        ],
      },
    },
    { projected: null, secret: {} },
    { projected: {} },
    { image: { reference: 'a' } },
    { image: { reference: 'a:1' } },
    { image: { reference: 'a', pullPolicy: 'Never' } },
    { rbd: { monitors: ['m'], image: 'i' } },
    { rbd: { monitors: ['m'], image: 'i', pool: 'p', user: 'u', keyring: 'k' } },
    { iscsi: { targetPortal: 't', iqn: 'i', lun: 0 } },
    { azureDisk: { diskName: 'd', diskURI: 'u' } },
    { azureDisk: { diskName: 'd', diskURI: 'u', kind: 'Managed', readOnly: true, fsType: '', cachingMode: 'None' } },
    { scaleIO: { gateway: 'g', system: 's', secretRef: { name: 'x' } } },
    { nfs: { server: 's', path: 'p' } },
    { persistentVolumeClaim: { claimName: 'c' } },
    { ephemeral: {} },
    { ephemeral: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'] } } } },
    {
      ephemeral: {
        volumeClaimTemplate: {
          metadata: { labels: { a: 'b' } },
          spec: { volumeMode: 'Block', resources: { requests: { storage: '0.1m' } } },
        },
      },
    },
  ].map(volume),
];
