using System.Runtime.InteropServices;
using Siamese.Client.Outcomes;

namespace Siamese.Client.Terminals;

/// <summary>
/// Ctrl-C and SIGTERM. The first Ctrl-C ends the client, or requests a question after <see cref="Offer"/>; the second
/// ends it at once, whatever it is doing.
/// </summary>
/// <param name="endNow">Ends the process, after printing the farewell of the last <see cref="Offer"/>.</param>
internal sealed class Interruptions(Action<string?> endNow) : IDisposable
{
    private static readonly Task _never = new TaskCompletionSource().Task;

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _end = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private TaskCompletionSource? _request;
    private string? _farewell;
    private bool _pending;

    /// <summary>Cancelled when the client has to end.</summary>
    public CancellationToken End => _end.Token;

    /// <summary>Completed by the first Ctrl-C since <see cref="Offer"/>.</summary>
    public Task Requested => _request?.Task ?? _never;

    /// <summary>The interruptions of this process.</summary>
    public static Interruptions OfProcess(Terminal terminal)
    {
        var interruptions = new Interruptions(farewell =>
        {
            // A live display may have hidden the cursor.
            terminal.Error.WriteLine(terminal.IsLive ? "\e[?25h" : "");
            if (farewell is not null)
                terminal.Error.WriteLine(farewell);
            Environment.Exit(ExitCode.Cancelled);
        });
        interruptions.Register(PosixSignal.SIGINT, interruptions.Interrupt);
        interruptions.Register(PosixSignal.SIGTERM, interruptions.Terminate);
        return interruptions;
    }

    /// <summary>From now on, Ctrl-C completes <see cref="Requested"/>. Applies once; call again for the next Ctrl-C.</summary>
    /// <param name="farewell">What to print if the client ends at once.</param>
    public void Offer(string farewell)
    {
        lock (_gate)
        {
            _farewell = farewell;
            _pending = false;
            _request = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>From now on Ctrl-C ends the client again.</summary>
    public void Withdraw()
    {
        lock (_gate)
            (_request, _farewell) = (null, null);
    }

    /// <summary>Ctrl-C.</summary>
    public void Interrupt()
    {
        TaskCompletionSource? request;
        bool again;
        lock (_gate)
        {
            (again, _pending) = (_pending, true);
            request = _request;
        }
        if (again)
            endNow(_farewell);
        else if (request is not null)
            request.TrySetResult();
        else
            _end.Cancel();
    }

    /// <summary>SIGTERM: there is nobody to ask.</summary>
    public void Terminate()
    {
        if (_end.IsCancellationRequested)
            endNow(_farewell);
        else
            _end.Cancel();
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _end.Dispose();
    }

    private void Register(PosixSignal signal, Action action) =>
        _registrations.Add(PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            action();
        }));
}
