using Siamese.Web.Tests.Silos;

namespace Siamese.Web.Tests.Proxies;

/// <summary>A silo behind a proxy that removes the prefix from paths and says so in a header.</summary>
public sealed class SiloBehindProxy() : ApiSilo(options => options.HttpProxy = "127.0.0.0/8");

/// <summary>A silo behind a proxy that leaves the prefix in paths.</summary>
public sealed class SiloBehindProxyWithPath() : ApiSilo(options => (options.HttpProxy, options.HttpPath) = ("127.0.0.1", "/siamese"));

/// <summary>A silo whose proxy has another address than the tests.</summary>
public sealed class SiloBehindAnotherProxy() : ApiSilo(options => options.HttpProxy = "192.0.2.1");
