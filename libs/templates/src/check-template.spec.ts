import { describe, expect, it } from 'vitest';
import { checkTemplate } from './check-template.js';
import { formatOf } from './template-format.js';

describe('checkTemplate', () => {
  // What users of mercure have, with the braces that it put around them.
  it.each([
    [
      'Slack',
      '{"text": "Rule {{ rule }} triggered {{ event }}", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "{{ body }}"}}]}',
    ],
    ['WebEx', '{"markdown": "Rule **@rule@** triggered **@event@**{% if details %}: {{ details }}{% endif %}"}'],
    [
      'Yarra',
      '{"task": "@task_id@", "device": {{ DeviceSerialNumber | tojson }}, "acc": "{{ acc }}", "mrn": "{{ mrn }}"}',
    ],
    ['a list', '{"to": [{% for t in targets %}"{{ t }}"{% if not loop.last %}, {% endif %}{% endfor %}]}'],
  ])('finds nothing wrong with one for %s', (_what, source) => {
    expect(checkTemplate(source, 'json')).toEqual([]);
  });

  it.each([
    ['{{ rule ', 'is no template: '],
    ['{% for target in targets %}', 'is no template: something that begins in it does not end'],
    [
      '{{ patient }}',
      "there is no value 'patient'; known: rule, task_id, event, details, body, acc, mrn, patient_name,",
    ],
    ['{{ rule | shout }}', "there is no filter 'shout'; known: upper, lower,"],
    ['{{ targets | upper }}', 'cannot be rendered: '],
    ['{{ targets | first | upper }}', 'cannot be rendered: '],
  ])('finds what is wrong with %j', (source, problem) => {
    expect(checkTemplate(source, 'text')).toEqual([expect.stringContaining(problem) as string]);
  });

  it('wants JSON of a template for JSON, of every event', () => {
    expect(checkTemplate('{"text": {{ rule }}}', 'json')).toEqual([
      expect.stringMatching(/^makes no JSON of RECEIVED: /),
    ]);
    const onlyForErrors = '{"text": "x"{% if event == "ERROR" %},{% endif %}}';
    expect(checkTemplate(onlyForErrors, 'json')).toEqual([expect.stringMatching(/^makes no JSON of ERROR: /)]);
    const onlyForSome = '{"targets": "{{ targets | join }}"{% if not mrn %},{% endif %}}';
    expect(checkTemplate(onlyForSome, 'json')).toEqual([
      expect.stringMatching(/^makes no JSON of RECEIVED without a patient: /),
    ]);
  });
});

describe('formatOf', () => {
  it.each([
    ['application/json', 'json'],
    ['application/vnd.api+json; charset=utf-8', 'json'],
    ['application/x-www-form-urlencoded', 'form'],
    ['text/html', 'markup'],
    ['application/xml', 'markup'],
    ['application/soap+xml', 'markup'],
    ['text/plain', 'text'],
  ])('%s is %s', (contentType, format) => {
    expect(formatOf(contentType)).toBe(format);
  });
});
