// What pages with plots of a sweep need.
import './parts.js';
import './brush.js';
