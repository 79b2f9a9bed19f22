using Siamese.Web.Tests.Silos;

namespace Siamese.Web.Tests.Pages;

/// <summary>A silo that reads data in the folder for temporary files.</summary>
public sealed class DataSilo() : ApiSilo(options => options.DataRoot = Path.GetTempPath());
