using Bunit;
using Siamese.Contracts.Access;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;
using Siamese.Page.Layout;
using Siamese.Page.Pairs;

namespace Siamese.Web.Tests.Components;

public sealed class AnswerViewTests : BunitContext
{
    [Theory]
    [InlineData(Answer.Same, "Same", "same")]
    [InlineData(Answer.Different, "Different", "different")]
    [InlineData(Answer.Unsure, "Unsure, rather same", "unsure")]
    public void The_answer_is_the_heading(Answer answer, string heading, string style)
    {
        var shown = Verdict(Some.Verdict(answer)).Find("h2");

        Assert.Equal((heading, $"answer {style}"), (shown.TextContent, shown.ClassName));
    }

    [Fact]
    public void Doubts_and_the_reasons_of_absent_members_are_text()
    {
        var view = Verdict(Some.Verdict(Answer.Unsure) with { Doubts = [Some.Nasty], Absent = [new AbsentMember("0123456789", 0.25, Some.Nasty)] });

        Assert.Equal(Some.Nasty, view.Find("li").TextContent);
        Assert.Equal($"Member 01234567 with 25.00 % of the weight took no part: {Some.Nasty}", view.Find("p.warn").TextContent);
        Assert.Empty(view.FindAll("b"));
    }

    [Fact]
    public void Votes_have_a_table_and_a_dot_each_and_the_caption_has_the_weight_of_dissent()
    {
        MemberVote[] votes = [new("0123456789", 0.5, 1, 0.75, Relation.Same), new("abcdefabcd", 9, 1, 0.25, Relation.Different)];
        var view = Verdict(Some.Verdict() with { Members = [.. votes], Disagreement = 0.25 });

        Assert.Equal(["same", "different"], view.FindAll("tbody .state").Select(vote => vote.TextContent));
        Assert.EndsWith("25.00 % of the weight votes against the distance", view.Find("caption").TextContent, StringComparison.Ordinal);
        Assert.Equal(["80", "400"], view.FindAll("circle").Select(dot => dot.GetAttribute("cx")));
    }

    [Theory]
    [InlineData(double.NaN, 1)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(0.5, 0)]
    public void A_distance_that_has_no_place_has_no_scale(double distance, double threshold) =>
        Assert.Empty(Verdict(Some.Verdict() with { Distance = distance, Threshold = threshold }).FindAll("svg"));

    [Fact]
    public void Only_a_prior_that_is_not_the_usual_one_is_stated()
    {
        Assert.DoesNotContain("prior", Verdict(Some.Verdict()).Markup, StringComparison.Ordinal);
        Assert.Contains("with a prior of 1.00 %.", Verdict(Some.Verdict() with { Prior = 0.01 }).Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Role.Ask, false)]
    [InlineData(Role.Teach, true)]
    [InlineData(Role.Administer, true)]
    public void Only_roles_that_may_teach_see_buttons_for_feedback(Role role, bool areShown)
    {
        var view = Answered(Some.Reply(role) with { Verdict = Some.Verdict() with { Id = "digits@1.abc" } });

        Assert.Equal(areShown ? 2 : 0, view.FindAll("button").Count);
        Assert.Equal("digits@1.abc", view.Find("p.muted code").TextContent);
    }

    [Fact]
    public void A_verdict_without_an_id_cannot_be_given_feedback() =>
        Assert.Empty(Answered(Some.Reply() with { Verdict = Some.Verdict() }).FindAll("form, code"));

    [Fact]
    public void A_problem_is_an_alert_without_an_answer()
    {
        var view = Answered(Some.Reply() with { Problem = new ErrorModel("", Some.Nasty, Some.Nasty), Verdict = Some.Verdict() });

        Assert.Equal((Some.Nasty, Some.Nasty), (view.Find("[role=alert] h2").TextContent, view.Find("[role=alert] p").TextContent));
        Assert.Empty(view.FindAll(".answer, b"));
    }

    [Fact]
    public void Before_a_question_it_is_empty() => Assert.Equal("", Answered(Some.Reply()).Find("section").TextContent.Trim());

    [Fact]
    public void The_form_for_feedback_carries_the_terms_and_the_token()
    {
        var view = Answered(Some.Reply() with { Verdict = Some.Verdict() with { Id = "a" }, Address = new PairAddress(Some.Nasty, Prior: "0.1") });

        Assert.Equal(
            [("token", "secret"), ("verdict", "a"), ("ensemble", Some.Nasty), ("prior", "0.1")],
            view.FindAll("input[type=hidden]").Select(field => (field.GetAttribute("name"), field.GetAttribute("value"))));
    }

    private IRenderedComponent<VerdictView> Verdict(Verdict verdict) => Render<VerdictView>(parts => parts.Add(view => view.Verdict, verdict));

    private IRenderedComponent<AnswerView> Answered(PairAnswer answer) => Render<AnswerView>(parts => parts.Add(view => view.Model, answer));
}
