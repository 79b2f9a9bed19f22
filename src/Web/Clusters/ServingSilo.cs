namespace Siamese.Web.Clusters;

/// <summary>The silo that serves the API. An application that serves it as a client of a cluster has none.</summary>
/// <param name="Name">Its name.</param>
public sealed record ServingSilo(string Name);
