// Starts the editor for GraphQL with the question that stands in the page.
"use strict";

(function () {
  const place = document.getElementById("graphiql");
  const { address, question } = place.dataset;

  ReactDOM.createRoot(place).render(
    React.createElement(GraphiQL, {
      fetcher: GraphiQL.createFetcher({ url: address }),
      defaultQuery: question,
      defaultEditorToolsVisibility: true,
      isHeadersEditorEnabled: false,
      plugins: [GraphiQLPluginExplorer.explorerPlugin()],
    }),
  );
})();
