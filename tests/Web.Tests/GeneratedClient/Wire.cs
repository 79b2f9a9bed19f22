using System.Collections.Concurrent;

namespace Siamese.Web.Tests.GeneratedClient;

/// <summary>What is between the generated client and the silo: notes each answer, and can change requests into some that the client would not make.</summary>
internal sealed class Wire(Action<HttpRequestMessage>? change = null) : DelegatingHandler(new SocketsHttpHandler())
{
    private const string Json = "application/json";

    private readonly ConcurrentQueue<(string Operation, int Status)> _answers = [];

    /// <summary>The operations that were called, and the statuses that they answered with.</summary>
    public IReadOnlyCollection<(string Operation, int Status)> Answers => _answers;

    /// <summary>The last document in JSON.</summary>
    public string? Document { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var operation = Documented.Find(request)!;
        change?.Invoke(request);
        var answer = await base.SendAsync(request, cancellationToken);
        Assert.True(operation.Statuses.Contains((int)answer.StatusCode), $"{operation.Name} answers with {(int)answer.StatusCode}, which is not documented.");
        _answers.Enqueue((operation.Name, (int)answer.StatusCode));
        if (answer.Content.Headers.ContentType?.MediaType == Json)
        {
            await answer.Content.LoadIntoBufferAsync(cancellationToken);
            Document = await answer.Content.ReadAsStringAsync(cancellationToken);
        }

        return answer;
    }
}
