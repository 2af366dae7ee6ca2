// Shows the description of the API in the page that names it.
const place = document.getElementById("api");
window.SwaggerUIBundle({ url: place.dataset.description, domNode: place, deepLinking: true });
