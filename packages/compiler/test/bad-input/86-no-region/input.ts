// Nothing says in which region, and so in which zone, the machine and its disk are.
export const config = { region: undefined as unknown as string };

export default `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
spec:
  selector:
    matchLabels: { app: db }
  template:
    metadata:
      labels: { app: db }
    spec:
      containers:
        - name: db
          image: postgres:17
          resources: { requests: { cpu: 100m } }
`;
