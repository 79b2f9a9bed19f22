namespace Siamese.Grains.Sweeps.Ledger;

/// <summary>A page of <see cref="StoredLines{TLine, TPage}"/>. Each list has its own page type, and is stored under that type's name.</summary>
internal interface IPage<TLine>
{
    List<TLine> Lines { get; set; }
}
