namespace Siamese.Grains.Sweeps;

/// <summary>A page of <see cref="StoredLines{TLine, TPage}"/>. Each list has a type of its own, by whose name it is stored.</summary>
internal interface IPage<TLine>
{
    List<TLine> Lines { get; set; }
}
