using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Siamese.Grains.Tests.Stores;
using Siamese.Silo;
using Siamese.Silo.Options;

namespace Siamese.Grains.Tests.Silo;

public sealed class HealthEndpointsTests : IDisposable
{
    private readonly StoreFolder _store = new();
    private readonly HttpClient _http = new();

    public void Dispose()
    {
        _http.Dispose();
        _store.Dispose();
    }

    [Fact]
    public async Task A_silo_is_live_from_start_to_end_and_ready_while_it_is_a_member()
    {
        var options = new SiloOptions { Slots = 1, Store = $"sqlite:{_store.Database}", SiloPort = 0, GatewayPort = 0, HealthPort = FreePort(), Home = _store.Folder };
        _http.BaseAddress = new Uri($"http://127.0.0.1:{options.HealthPort}");
        var held = new HeldSilo();
        using var host = SiloHost.Build(options, services => services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(held));

        var starting = host.StartAsync();
        await held.Joining;
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not ready: the silo is Created and not Active\n"), await Ask("/ready"));
        Assert.Equal(HttpStatusCode.OK, (await Ask("/live")).Status);

        held.Join();
        await starting;
        Assert.Equal((HttpStatusCode.OK, "ready\n"), await Ask("/ready"));

        var stopping = host.StopAsync();
        await held.Leaving;
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not ready: the silo is stopping\n"), await Ask("/ready"));
        Assert.Equal(HttpStatusCode.OK, (await Ask("/live")).Status);

        held.Leave();
        await stopping;
        await Assert.ThrowsAsync<HttpRequestException>(() => Ask("/live"));
    }

    private async Task<(HttpStatusCode Status, string Text)> Ask(string path)
    {
        using var answer = await _http.GetAsync(path);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Pauses a silo before it joins its cluster, and before it leaves.</summary>
    private sealed class HeldSilo : ILifecycleParticipant<ISiloLifecycle>
    {
        private readonly TaskCompletionSource _joining = new(), _join = new(), _leaving = new(), _leave = new();

        public Task Joining => _joining.Task;

        public Task Leaving => _leaving.Task;

        public void Join() => _join.SetResult();

        public void Leave() => _leave.SetResult();

        public void Participate(ISiloLifecycle lifecycle)
        {
            lifecycle.Subscribe("join", ServiceLifecycleStage.First, _ => Hold(_joining, _join), _ => Task.CompletedTask);
            lifecycle.Subscribe("leave", ServiceLifecycleStage.Last, _ => Task.CompletedTask, _ => Hold(_leaving, _leave));
        }

        private static Task Hold(TaskCompletionSource reached, TaskCompletionSource goOn)
        {
            reached.SetResult();
            return goOn.Task;
        }
    }
}
