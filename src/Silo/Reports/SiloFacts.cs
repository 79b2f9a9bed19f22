using System.Net;
using Siamese.Contracts.Clusters;
using Siamese.Contracts.Connections;
using Siamese.Grains.Board;
using Siamese.Silo.Addresses;
using Siamese.Silo.Http;
using Siamese.Silo.Storage;

namespace Siamese.Silo.Reports;

/// <summary>What a silo tells its cluster of itself.</summary>
/// <param name="store">Its store.</param>
/// <param name="endpoints">Its addresses.</param>
/// <param name="front">What is in front of its web page.</param>
/// <param name="tls">Its certificate, if it has one.</param>
internal sealed class SiloFacts(IStore store, SiloEndpoints endpoints, HttpFront front, MutualTls? tls = null) : ISiloFacts
{
    public string? Page { get; } = endpoints.HttpPort is { } port
        ? front.PageAt(tls is null || endpoints.IsLoopback ? Uri.UriSchemeHttp : Uri.UriSchemeHttps, new IPEndPoint(endpoints.Address, port))
        : null;

    public StoreNews Store => new(store.Kind, store.Health.Size?.Bytes, store.Health.Size?.FreeBytes, store.Health.Trouble);
}
