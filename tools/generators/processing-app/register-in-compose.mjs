const compose = 'docker-compose.yml';
const heading = '  # Processing apps, one service each.\n';

/** Makes the app one of the services of `docker compose up`. */
export const registerInCompose = (tree, name) => {
  const text = tree.read(compose, 'utf8');
  if (!text.includes(heading)) throw new Error(`${compose} has no place for processing apps`);
  tree.write(compose, text.replace(heading, `${heading}  ${name}:\n    <<: *service\n    command: ${name}\n\n`));
};
