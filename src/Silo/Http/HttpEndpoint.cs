using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Siamese.Contracts.Connections;
using Siamese.Grains.Access;
using Siamese.Page;
using Siamese.Silo.Access;
using Siamese.Silo.Addresses;
using Siamese.Silo.Admission;
using Siamese.Web;
using Siamese.Web.Access;
using Siamese.Web.Clusters;
using Siamese.Web.Problems;
using Siamese.Web.Requests;

namespace Siamese.Silo.Http;

/// <summary>Serves the HTTP API of the cluster and its web page on this silo.</summary>
internal sealed partial class HttpEndpoint(
    SiloEndpoints endpoints, HttpFront front, IGrainFactory grains, Tickets tickets, ISigner signer, ConnectionGates gates, LeftRequests left, ILocalSiloDetails silo, TimeProvider time, ILoggerFactory loggers, ILogger<HttpEndpoint> logger, MutualTls? tls = null) : IHostedService, IAsyncDisposable
{
    private readonly ILogger _logger = logger;

    /// <summary>Null on loopback, and behind a proxy that ends TLS.</summary>
    private readonly MutualTls? _tls = endpoints.IsLoopback ? null : tls;

    private WebApplication? _web;

    /// <summary>Whether those who send requests are on this machine. A proxy on it speaks for others.</summary>
    private bool IsForThisMachine => endpoints.IsLoopback && !front.HasProxies;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebServer.CreateBuilder(Listen);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton(grains);
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton<ICallEnds>(left);
        builder.Services.AddSingleton(new ServingSilo(silo.Name));
        builder.Services.AddSingleton<IProblemLog>(_ => new RequestLog(loggers, time));
        if (IsForThisMachine)
            builder.Services.AddSingleton<IKeylessAccess>(new SameUser(tickets, time));
        ClusterKeyRing.Use(builder.Services, signer);
        OrleansDashboard.Add(builder.Services, builder.Configuration);
        builder.Services.AddSiameseApi();
        _web = builder.Build();
        _web.UseSiameseAnswers();
        if (IsForThisMachine)
            _web.Use(RefuseOtherNames);
        front.Use(_web);
        // Here, and not first, because the path is corrected before it.
        _web.UseRouting();
        _web.UseAuthentication();
        _web.Use(KeepConnection);
        _web.UseAuthorization();
        OrleansDashboard.Map(_web.MapSiamese().MapSiamesePage());
        await _web.StartAsync(cancellationToken);
        LogListening(_tls is null ? Uri.UriSchemeHttp : Uri.UriSchemeHttps, endpoints.Address, endpoints.HttpPort!.Value);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _web?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _web?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void Listen(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        KestrelLimits.Apply(kestrel.Limits);
        kestrel.Listen(endpoints.Address, endpoints.HttpPort!.Value, listen =>
        {
            listen.Use(gates.Http.Limit);
            if (_tls is not null)
                listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(_tls.ForHttp()), HandshakeTimeout = KestrelLimits.Patience });
        });
    }

    /// <summary>
    /// A page from elsewhere may make the user's browser send requests here: by a name that its owner points to this machine, or
    /// across origins.
    /// </summary>
    private static Task RefuseOtherNames(HttpContext context, RequestDelegate next)
    {
        var host = context.Request.Host;
        var isOwn = host.Host is "localhost" || (IPAddress.TryParse(host.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
        if (!isOwn)
            return ApiProblem.WriteNotAllowed(context, "This address answers only as localhost or 127.0.0.1.");
        // A browser hides the origin of a page's own forms too, because pages do not tell others their address.
        var isFromHere = context.Request.Headers["Sec-Fetch-Site"] is ["same-origin"];
        return !isFromHere && context.Request.Headers.Origin is [{ } origin] && origin != $"{context.Request.Scheme}://{host}"
            ? ApiProblem.WriteNotAllowed(context, "Pages from elsewhere may not send requests here.")
            : next(context);
    }

    /// <summary>A connection with a request of an admitted caller is not closed to make room for strangers.</summary>
    private Task KeepConnection(HttpContext context, RequestDelegate next)
    {
        if (context.User.Identity is not { IsAuthenticated: true } || context.Features.Get<Place>() is not { } place || gates.Http.Keep(place) is not { } full)
            return next(context);
        context.Response.Headers.Connection = "close";
        return ApiProblem.WriteBusy(context, $"The connection is closed: {full}. Try again, or ask another silo.");
    }

    [LoggerMessage(LogLevel.Information, "The HTTP API is at {Scheme}://{Address}:{Port}/api/v1")]
    private partial void LogListening(string scheme, IPAddress address, int port);
}
