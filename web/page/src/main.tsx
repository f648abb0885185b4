import { render } from 'preact';
import { App } from './view/App';
import './style/base.css';
import './style/controls.css';
import './style/talk.css';
import './style/composer.css';
import './style/story.css';
import './style/turn.css';
import './style/calls.css';

const root = document.getElementById('app');
if (root !== null) render(<App />, root);
