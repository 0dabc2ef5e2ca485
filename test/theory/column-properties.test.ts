import { columnProperties } from '../../src/theory/column-properties';
import { createTask, taskUnits } from '../support/tasks/discover';

const propertiesOf = (id: string) =>
  columnProperties(taskUnits.find(({ meta }) => meta.id === id)!.meta, createTask(id));

it.each(taskUnits.map(({ meta }) => meta.id))('every property of %s is there', (id) => {
  const properties = propertiesOf(id);
  expect(Object.keys(properties).length).toBe(Object.keys(propertiesOf('parity')).length);
  expect(Object.values(properties)).not.toContain(undefined);
});
