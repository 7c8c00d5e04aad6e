#include "chemistry/mechanism.hpp"
#include "probe.hpp"

#include <cmath>
#include <gtest/gtest.h>

using namespace tq;
using namespace tq::gas;

namespace {

/// What is wrong with a mechanism of `text`; "" if nothing is.
std::string complaints(const std::string& text) {
  return test::message_of([&] { Mechanism::parse("m.eqn", text); });
}

/// The rate constant of `formula`.
double rate(const std::string& formula, const RateConditions& conditions = {}) {
  const Mechanism mechanism =
      Mechanism::parse("m.eqn", "#DEFVAR A = IGNORE; B = IGNORE;\n#EQUATIONS A = B : " + formula + ";\n");
  double result = 0;
  mechanism.rates(conditions, {&result, 1});
  return result;
}

/// Air with 2.46e19 molecules cm-3.
RateConditions air(double temperature) {
  RateConditions conditions;
  conditions.temperature = temperature;
  conditions.pressure *= 2.46e19 / conditions.air();
  return conditions;
}

const std::string two_species = "#include atoms\n#DEFVAR\nNO = N + O;\nNO2 = N + 2O;\n#DEFFIX\nM = IGNORE;\n#EQUATIONS\n";

} // namespace

TEST(Mechanism, ReadsTheSyntaxOfKpp) {
  const Mechanism m = Mechanism::parse("m.eqn", "{ a comment\n  of two lines } #ATOMS N; O; C; // and another\n"
                                                "#DEFVAR NO = N + O; NO2 = N + 2 O; O3 = 3O; XO2 = IGNORE;\n"
                                                "#DEFFIX M = IGNORE; CX = C;\n"
                                                "#INITVALUES CX = 2.D-6 * M;\n"
                                                "#EQUATIONS { the reactions }\n"
                                                "<G1> NO + O3 {+ M} = NO2 + 1.5XO2\n     - 0.5 XO2 : 1.0;\n"
                                                "NO2 + hv = NO + PROD : PHOTO( NO2 );\n"
                                                "2 XO2 + CX = PROD : 1.0E-12_dp*(TEMP/300)**2;\n");
  ASSERT_EQ(m.species().size(), 4u);
  EXPECT_EQ(m.species()[1].name, "NO2");
  EXPECT_EQ(m.species()[1].atoms, (std::map<std::string, double>{{"N", 1}, {"O", 2}}));
  EXPECT_TRUE(m.species()[3].incomplete);
  ASSERT_EQ(m.reactions().size(), 3u);
  EXPECT_EQ(m.reactions()[0].label, "G1");
  EXPECT_EQ(m.reactions()[1].label, "R2");
  EXPECT_EQ(m.reactions()[0].reactants, (std::vector<int>{0, 2}));
  ASSERT_EQ(m.reactions()[0].products.size(), 2u);
  EXPECT_EQ(m.reactions()[0].products[1].species, 3);
  EXPECT_EQ(m.reactions()[0].products[1].coefficient, 1.0);
  EXPECT_EQ(m.reactions()[2].reactants, (std::vector<int>{3, 3}));
  EXPECT_EQ(m.reactions()[2].fixed_reactants, (std::vector<int>{1}));
  RateConditions conditions;
  conditions.temperature = 270;
  conditions.photolysis[0] = 8e-3;
  double rates[3];
  m.rates(conditions, rates);
  EXPECT_EQ(rates[0], 1.0);
  EXPECT_EQ(rates[1], 8e-3);
  EXPECT_NEAR(rates[2], 1e-12 * 0.81 * 2e-6 * conditions.air(), 1e-12 * rates[2]);
}

TEST(Mechanism, ListsAllProblemsWithTheirPlaces) {
  EXPECT_EQ(complaints(two_species + "<R1> NO2 + hv = NO : PHOTO(NO22);\n<R2> NO + NO22 = 2 NO2 : 1E-12 * TMEP;\n"
                                     "<R2> 1.5 NO = 1.5 NO2 : ARRX(1);\n<R4> NO + NO + NO + NO = PROD : ARR(1, 2);\n"),
            "m.eqn:8:1: <R1>: must keep O, but has 2 on the left and 1 on the right\n"
            "m.eqn:8:28: rate names PHOTO(NO22): must be one of NO2, O3_O1D, O3_O3P, H2O2, NO3_NO, NO3_NO2, HONO, HNO3, HCHO_H, "
            "HCHO_H2, CH3CHO, CH3COCHO, CH3OOH; did you mean \"NO2\"?\n"
            "m.eqn:9:11: species NO22: must be declared by #DEFVAR or #DEFFIX; did you mean \"NO2\"?\n"
            "m.eqn:9:34: rate names TMEP: must be one of TEMP, PRES, SUN, M, O2, N2, H2O or PHOTO(name); did you mean \"TEMP\"?\n"
            "m.eqn:10:1: label <R2>: must differ from those before\n"
            "m.eqn:10:10: reactant NO: must have a whole number before it, not 1.5\n"
            "m.eqn:10:25: rate calls ARRX(): must be one of PHOTO, ARR, ARR_abc, ARR_ab, ARR_ac, ARR2, EP2, EP3, FALL, TROE, EXP, "
            "LOG, LOG10, SQRT, MIN, MAX; did you mean \"ARR\"?\n"
            "m.eqn:11:6: reactants: must be at most 3 that vary, each as often as its coefficient says\n"
            "m.eqn:11:33: ARR() has 2 arguments: must have 3");
}

TEST(Mechanism, SaysWhatIsWrongWithItsForm) {
  EXPECT_EQ(complaints("#DEFVARS A = IGNORE;\n#EQUATIONS\n"),
            "m.eqn:1:1: #DEFVARS: must be one of #ATOMS, #CHECK, #DEFVAR, #DEFFIX, #INITVALUES, #EQUATIONS, #INCLUDE; did you mean "
            "\"DEFVAR\"?");
  EXPECT_EQ(complaints("A = IGNORE;"), "m.eqn:1:1: must be in a section such as #EQUATIONS");
  EXPECT_EQ(complaints("#DEFVAR A = IGNORE\n#EQUATIONS"), "m.eqn:1:19: statement must end with ;");
  EXPECT_EQ(complaints("#DEFVAR { A = IGNORE;\n"), "m.eqn:1:9: comment { must end with }");
  EXPECT_EQ(complaints("#DEFVAR A = IGNORE; }\n"), "m.eqn:1:21: } must end a comment that { began");
  EXPECT_EQ(complaints("#include reactions.inc\n"), "m.eqn:1:10: #INCLUDE reactions.inc: must be atoms");
  EXPECT_EQ(complaints("#ATOMS N; O;\n#CHECK S;\n#DEFVAR\n NO = N + Q;\nNO = N;\nhv = N;\nX;\n3 = N;\n"),
            "m.eqn:2:8: #CHECK S: must be an atom of #ATOMS; did you mean \"N\"?\n"
            "m.eqn:4:11: atom Q: must be declared by #ATOMS or #include atoms; did you mean \"N\"?\n"
            "m.eqn:5:1: species NO: must be declared once, but is in line 4 too\n"
            "m.eqn:6:1: species hv: must have another name, this one is known to all\n"
            "m.eqn:7:1: X: must be a species and its atoms, such as NO2 = N + 2O, or = IGNORE\n"
            "m.eqn:8:1: 3 = N: must be a species and its atoms, such as NO2 = N + 2O, or = IGNORE");
  EXPECT_EQ(complaints(two_species + "<R1 NO = NO2 : 1;\nNO + = PROD : 1;\nNO = NO : ;\nNO 2 = PROD : 1;\nNO = NO;\n"),
            "m.eqn:8:1: label <R1 NO = NO2 : 1: must end with >\n"
            "m.eqn:9:6: ends here: must be a species, with or without a number before it\n"
            "m.eqn:10:10: ends here: must go on with a rate\n"
            "m.eqn:11:4: 2: must go on with + or -\n"
            "m.eqn:12:1: <R5>: must be REACTANTS = PRODUCTS : RATE");
  EXPECT_EQ(complaints("#DEFVAR A = IGNORE;\n#DEFFIX CH4 = IGNORE; M = IGNORE;\n#INITVALUES M = 1 +;\nCH5 = 2;\n"),
            "m.eqn:2:9: fixed species CH4: must have an amount in #INITVALUES, or be one of M, O2, N2, H2O\n"
            "m.eqn:3:17: rate 1 +: must be a formula: Unexpected end of expression at position 4\n"
            "m.eqn:4:1: amount of CH5: must be that of a species of #DEFFIX; did you mean \"CH4\"?");
}

TEST(Mechanism, ChecksTheElementsThatAreKnown) {
  const std::string head = "#include atoms\n#DEFVAR NO = N + O; XO2 = IGNORE; YO2 = 0N + IGNORE; PAN = N + IGNORE;\n";
  const std::string lost = "m.eqn:3:12: <R1>: must keep N, but has 1 on the left and 0 on the right";
  EXPECT_EQ(complaints(head + "#EQUATIONS NO = XO2 : 1;"), "");
  EXPECT_EQ(complaints(head + "#EQUATIONS NO = PROD : 1;"), "");
  EXPECT_EQ(complaints(head + "#EQUATIONS NO = YO2 : 1;"), lost);
  EXPECT_EQ(complaints(head + "#EQUATIONS PAN = YO2 : 1;"), lost);
  EXPECT_EQ(complaints(head + "#EQUATIONS PAN = 0.3 NO + 0.7 PAN + YO2 : 1;"), "");
  EXPECT_EQ(complaints("#ATOMS N; O;\n#CHECK N;\n#DEFVAR A = N + O; B = N; #EQUATIONS A = B : 1;"), "");
}

// Values: JPL 15-10 and IUPAC forms worked out by hand, those of OH + NO2 and OH + SO2 at 2.46e19 molecules cm-3 with 8 digits.
TEST(Mechanism, RatesHaveTheirFunctions) {
  const auto near = [](double value, double expected) { EXPECT_NEAR(value, expected, 1e-6 * expected); };
  near(rate("FALL(1.8E-30, 0, -3, 2.8E-11, 0, 0, 0.6)", air(298)), 1.059337e-11);
  near(rate("FALL(3.3E-31, 0, -4.3, 1.6E-12, 0, 0, 0.6)", air(298)), 9.58551e-13);
  near(rate("FALL(3.3E-31, 0, -4.3, 1.6E-12, 0, 0, 0.6)", air(283)), 1.020358e-12);
  near(rate("ARR_ab(3.0D-12, 1500)", air(298)), 1.954678e-14);
  near(rate("3.0E-12 * EXP(-1500 / TEMP)", air(283.15)), 1.501158e-14);
  near(rate("ARR(2, 300, 2)", air(150)), 2 * std::exp(-2.0) * 0.25);
  near(rate("ARR_abc(2, 0, -1) + ARR_ac(1, 1)", air(150)), 4.5);
  near(rate("ARR2(2, 300)", air(150)), 2 * std::exp(2.0));
  near(rate("EP3(1, 0, 1E-19, 300)", air(300)), 1 + 2.46 * std::exp(-1.0));
  near(rate("EP2(1, 0, 3, 0, 1E-19, 0)", air(300)), 1 + 2.46 / (1 + 2.46 / 3));
  // k0 = k1: half the limit, broadened by F
  near(rate("TROE(2, 2, 0.35)"), 0.35);
  near(rate("TROE(1, 10, 0.35)"), 1 / 1.1 * std::pow(0.35, 1 / (1 + std::pow(0.75 - 1.27 * std::log10(0.35), -2))));
  near(rate("SUN > 0.5 ? M : PRES", air(300)), air(300).pressure);
  near(rate("max(log(2), MIN(sqrt(4), log10(1e3)))"), 2);
}

TEST(Mechanism, ShippedOnesAreReadAndBalanced) {
  EXPECT_EQ(Mechanism::load("inert").reactions().size(), 0u);
  EXPECT_EQ(Mechanism::load("photostationary").species().size(), 3u);
  const Mechanism urban = Mechanism::load("urban");
  EXPECT_EQ(urban.species().size(), 30u);
  EXPECT_EQ(urban.reactions().size(), 66u);
  EXPECT_EQ(urban.find("PAN"), 20);
  const std::string message = test::message_of([&] { urban.find("O33"); });
  EXPECT_TRUE(message.ends_with("urban.eqn: has no species O33; did you mean \"O3\"?")) << message;
}
