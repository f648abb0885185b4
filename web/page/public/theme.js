// Runs before the first paint, so that a remembered theme does not flash.
try {
  const theme = localStorage.getItem('voxlog.theme');
  if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme;
} catch {
  // Without storage the system's theme is right.
}
