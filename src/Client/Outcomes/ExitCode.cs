namespace Siamese.Client.Outcomes;

/// <summary>Exit codes of the process.</summary>
internal static class ExitCode
{
    /// <summary>Done; the verdict `different` is an answer too.</summary>
    public const int Done = 0;

    /// <summary>The sweep ended without a usable member, or too few members of an ensemble can be loaded for a verdict.</summary>
    public const int NoUsableMember = 1;

    /// <summary>Bad input; standard error has one sentence.</summary>
    public const int BadInput = 2;

    /// <summary>No cluster answers, or none could be started.</summary>
    public const int NoCluster = 3;

    /// <summary>Done, but some or all of many rows or images failed; the output says which and why.</summary>
    public const int SomeFailed = 4;

    /// <summary>An internal error; `logs/client.log` in the data folder has the details (EX_SOFTWARE of sysexits.h).</summary>
    public const int InternalError = 70;

    /// <summary>Cancelled or left by the user.</summary>
    public const int Cancelled = 130;
}
