namespace Siamese.Contracts.Access;

/// <summary>What a caller may do. Each role includes those before it.</summary>
public enum Role
{
    /// <summary>Watch sweeps, and list ensembles and names.</summary>
    // Below 0, because tickets contain the numbers of the others.
    Read = -1,

    /// <summary>Ask for verdicts, and identify.</summary>
    Ask = 0,

    /// <summary>Give feedback, and enroll or forget names.</summary>
    Teach,

    /// <summary>Upload data, train, evaluate, and export and import ensembles.</summary>
    Train,

    /// <summary>Recalibrate, and remove sweeps and ensembles.</summary>
    Administer,
}
